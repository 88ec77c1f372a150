// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.benchmarks.race;

import io.github.debouncedbuffer.benchmarks.postgres.Postgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.io.ClassPathResource;
import org.springframework.integration.config.EnableIntegration;
import org.springframework.integration.dsl.AggregatorSpec;
import org.springframework.integration.dsl.IntegrationFlow;
import org.springframework.integration.dsl.MessageChannels;
import org.springframework.integration.dsl.context.IntegrationFlowContext;
import org.springframework.integration.jdbc.store.JdbcMessageStore;
import org.springframework.integration.store.MessageGroupStore;
import org.springframework.integration.store.SimpleMessageStore;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.support.GenericMessage;
import org.springframework.transaction.TransactionManager;
import org.springframework.transaction.interceptor.DefaultTransactionAttribute;
import org.springframework.transaction.interceptor.NameMatchTransactionAttributeSource;
import org.springframework.transaction.interceptor.TransactionInterceptor;

/**
 * Spring Integration's aggregator: a group for each key, which expires a window after it began, and
 * behind it an executor channel, which its documentation advises.
 */
enum SpringAggregator implements Contender {
  JDBC(
      "Spring Integration, JDBC",
      "a batch leaves the store before it is handled; batches of a key overlap; timers are in"
          + " memory; ten threads, the default, expire groups; "
          + Postgres.BIAS),
  MEMORY(
      "Spring Integration, memory",
      "loses all at a crash; batches of a key overlap; ten threads, the default, expire groups");

  private static final String KEY = "key";
  private static final ClassPathResource SCHEMA =
      new ClassPathResource("org/springframework/integration/jdbc/schema-postgresql.sql");

  private final String title;
  private final String bias;

  SpringAggregator(String title, String bias) {
    this.title = title;
    this.bias = bias;
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public String bias() {
    return bias;
  }

  @Override
  public Running start(Path folder, Duration window, int workers, Handler handler)
      throws IOException {
    Postgres.Database database = this == JDBC ? Postgres.newDatabase(folder) : null;
    ExecutorService pool = Executors.newFixedThreadPool(workers);
    MessageGroupStore store =
        database == null ? new SimpleMessageStore() : stored(database.source());
    IntegrationFlow flow =
        definition ->
            definition
                .aggregate(groups -> configure(groups, store, window))
                .channel(MessageChannels.executor(pool))
                .handle(
                    List.class,
                    (payloads, headers) -> {
                      handler.handle(String.valueOf(headers.get(KEY)), texts(payloads));
                      return null;
                    });
    return new Flow(flow, pool, database);
  }

  private static List<String> texts(List<?> payloads) {
    return payloads.stream().map(String::valueOf).toList();
  }

  /** No release but by time, which is counted from the group's creation on. */
  @SuppressWarnings("JavaUtilDate") // the aggregator takes nothing else for a point in time
  private static void configure(AggregatorSpec groups, MessageGroupStore store, Duration window) {
    groups
        .messageStore(store)
        .correlationStrategy(message -> message.getHeaders().get(KEY))
        .releaseStrategy(group -> false)
        .groupTimeout(group -> new Date(group.getTimestamp() + window.toMillis()))
        .sendPartialResultOnExpiry(true)
        .expireGroupsUponTimeout(true);
  }

  /** What the store writes in several statements is one commit, not several. */
  private static MessageGroupStore stored(DataSource source) {
    new ResourceDatabasePopulator(SCHEMA).execute(source);
    NameMatchTransactionAttributeSource writes = new NameMatchTransactionAttributeSource();
    writes.addTransactionalMethod("add*", new DefaultTransactionAttribute());
    writes.addTransactionalMethod("remove*", new DefaultTransactionAttribute());
    TransactionManager transactions = new JdbcTransactionManager(source);
    ProxyFactory proxy = new ProxyFactory(new JdbcMessageStore(source));
    proxy.addAdvice(new TransactionInterceptor(transactions, writes));
    return (MessageGroupStore) proxy.getProxy();
  }

  @EnableIntegration
  private static final class Configuration {}

  private static final class Flow implements Running {

    private final AnnotationConfigApplicationContext context =
        new AnnotationConfigApplicationContext(Configuration.class);
    private final MessageChannel input;
    private final ExecutorService pool;
    private final Postgres.@Nullable Database database;

    Flow(IntegrationFlow flow, ExecutorService pool, Postgres.@Nullable Database database) {
      this.pool = pool;
      this.database = database;
      input =
          context
              .getBean(IntegrationFlowContext.class)
              .registration(flow)
              .register()
              .getInputChannel();
    }

    @Override
    public void submit(String key, String payload) {
      input.send(new GenericMessage<>(payload, Map.of(KEY, key)));
    }

    @Override
    public void close() {
      context.close();
      pool.shutdownNow();
      if (database != null) {
        database.close();
      }
    }
  }
}
