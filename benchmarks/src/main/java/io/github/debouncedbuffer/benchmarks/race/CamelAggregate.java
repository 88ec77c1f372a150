// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.benchmarks.race;

import static java.util.Objects.requireNonNull;

import io.github.debouncedbuffer.benchmarks.postgres.Postgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.processor.aggregate.MemoryAggregationRepository;
import org.apache.camel.processor.aggregate.jdbc.PostgresAggregationRepository;
import org.apache.camel.spi.AggregationRepository;
import org.apache.camel.support.ExpressionAdapter;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.support.JdbcTransactionManager;

/**
 * Camel's aggregate with a pool of its own for what is complete. Its timeout is one of inactivity;
 * an expression, which its documentation offers for timeouts that differ, makes it a window from
 * the first message on: each message restarts the timeout with what is left.
 */
enum CamelAggregate implements Contender {
  JDBC(
      "Camel, JDBC",
      "batches of a key overlap; all keys share a lock; a key's list is stored anew with each"
          + " message; "
          + Postgres.BIAS),
  MEMORY("Camel, memory", "loses all at a crash; batches of a key overlap; all keys share a lock");

  /** Its default is a second; it advises against very short ones. */
  private static final Duration CHECKS = Duration.ofMillis(20);

  private static final String INPUT = "direct:in";
  private static final String KEY = "key";
  private static final String DUE = "due";
  private static final String SCHEMA =
      """
      CREATE TABLE aggregation (
        id VARCHAR(255) NOT NULL, exchange BYTEA NOT NULL, version BIGINT NOT NULL,
        CONSTRAINT aggregation_pk PRIMARY KEY (id));
      CREATE TABLE aggregation_completed (
        id VARCHAR(255) NOT NULL, exchange BYTEA NOT NULL, version BIGINT NOT NULL,
        CONSTRAINT aggregation_completed_pk PRIMARY KEY (id));
      """;

  private final String title;
  private final String bias;

  CamelAggregate(String title, String bias) {
    this.title = title;
    this.bias = bias;
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public String bias() {
    return bias + "; looks for due keys every " + CHECKS.toMillis() + " ms";
  }

  @Override
  public Running start(Path folder, Duration window, int workers, Handler handler)
      throws Exception {
    Postgres.Database database = this == JDBC ? Postgres.newDatabase(folder) : null;
    AggregationRepository repository =
        database == null ? new MemoryAggregationRepository() : stored(database);
    ExecutorService pool = Executors.newFixedThreadPool(workers);
    RouteBuilder definition =
        new RouteBuilder() {
          @Override
          public void configure() {
            from(INPUT)
                .aggregate(header(KEY), (old, next) -> collect(old, requireNonNull(next), window))
                .aggregationRepository(repository)
                .completionTimeout(new Left())
                .completionTimeoutCheckerInterval(CHECKS.toMillis())
                .parallelProcessing()
                .executorService(pool)
                .process(batch -> deliver(batch.getIn(), handler));
          }
        };
    return new Route(definition, pool, database);
  }

  private static AggregationRepository stored(Postgres.Database database) {
    database.jdbc().execute(SCHEMA);
    return new PostgresAggregationRepository(
        new JdbcTransactionManager(database.source()), "aggregation", database.source());
  }

  /** A list in the first message's exchange. All know when it is due. */
  private static Exchange collect(@Nullable Exchange old, Exchange next, Duration window) {
    Message message = next.getIn();
    String text = requireNonNull(message.getBody(String.class));
    if (old == null) {
      message.setBody(new ArrayList<>(List.of(text)));
      message.setHeader(DUE, System.currentTimeMillis() + window.toMillis());
      return next;
    }
    texts(old.getIn()).add(text);
    message.setHeader(DUE, old.getIn().getHeader(DUE));
    return old;
  }

  private static void deliver(Message batch, Handler handler) {
    handler.handle(String.valueOf(batch.getHeader(KEY)), texts(batch));
  }

  @SuppressWarnings("unchecked")
  private static List<String> texts(Message batch) {
    return requireNonNull(batch.getBody(List.class));
  }

  /** How many milliseconds are left until the batch is due, at least one. */
  private static final class Left extends ExpressionAdapter {
    @Override
    public Object evaluate(Exchange exchange) {
      long due = requireNonNull(exchange.getIn().getHeader(DUE, Long.class));
      return Math.max(1, due - System.currentTimeMillis());
    }
  }

  private static final class Route implements Running {

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final ProducerTemplate producer;
    private final Endpoint input;
    private final ExecutorService pool;
    private final Postgres.@Nullable Database database;

    Route(RouteBuilder definition, ExecutorService pool, Postgres.@Nullable Database database)
        throws Exception {
      this.pool = pool;
      this.database = database;
      context.addRoutes(definition);
      context.getShutdownStrategy().setTimeout(1); // second
      context.start();
      producer = context.createProducerTemplate();
      input = context.getEndpoint(INPUT);
    }

    @Override
    public void submit(String key, String payload) {
      producer.sendBodyAndHeader(input, payload, KEY, key);
    }

    @Override
    public void close() {
      context.stop();
      pool.shutdownNow();
      if (database != null) {
        database.close();
      }
    }
  }
}
