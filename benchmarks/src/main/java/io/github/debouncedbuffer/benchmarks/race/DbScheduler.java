// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.benchmarks.race;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.github.debouncedbuffer.benchmarks.postgres.Postgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * db-scheduler: messages in a table, and for each key that waits a task, which is scheduled unless
 * there is one. Lock-and-fetch with the limits that its documentation names for high throughput.
 */
enum DbScheduler implements Contender {
  IF_ABSENT("db-scheduler", "a message that comes while its key is handled waits for the next one"),
  CHECKED("db-scheduler, check on completion", "looks once more after each batch");

  /** Its default is ten seconds; what is shorter makes batches less late and costs queries. */
  private static final Duration POLLING = Duration.ofMillis(20);

  private static final String SCHEMA =
      """
      CREATE TABLE messages (id BIGSERIAL PRIMARY KEY, key TEXT NOT NULL, payload TEXT NOT NULL);
      CREATE INDEX by_key ON messages (key, id);
      CREATE TABLE scheduled_tasks (
        task_name TEXT NOT NULL,
        task_instance TEXT NOT NULL,
        task_data BYTEA,
        execution_time TIMESTAMP WITH TIME ZONE,
        picked BOOLEAN NOT NULL,
        picked_by TEXT,
        last_success TIMESTAMP WITH TIME ZONE,
        last_failure TIMESTAMP WITH TIME ZONE,
        consecutive_failures INT,
        last_heartbeat TIMESTAMP WITH TIME ZONE,
        version BIGINT NOT NULL,
        priority SMALLINT,
        state TEXT,
        PRIMARY KEY (task_name, task_instance));
      CREATE INDEX execution_time_idx ON scheduled_tasks (execution_time);
      CREATE INDEX last_heartbeat_idx ON scheduled_tasks (last_heartbeat);
      """;

  private final String title;
  private final String bias;

  DbScheduler(String title, String bias) {
    this.title = title;
    this.bias = bias;
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public String bias() {
    return bias + "; polls every " + POLLING.toMillis() + " ms; " + Postgres.BIAS;
  }

  @Override
  public Running start(Path folder, Duration window, int workers, Handler handler)
      throws IOException {
    return new Scheduled(Postgres.newDatabase(folder), window, workers, handler, this == CHECKED);
  }

  private static final class Scheduled implements Running {

    private record Row(long id, String payload) {}

    private final Postgres.Database database;
    private final JdbcTemplate jdbc;
    private final Duration window;
    private final Handler handler;
    private final boolean check;
    private final CustomTask<Void> task;
    private final Scheduler scheduler;

    Scheduled(
        Postgres.Database database, Duration window, int workers, Handler handler, boolean check) {
      this.database = database;
      this.jdbc = database.jdbc();
      this.window = window;
      this.handler = handler;
      this.check = check;
      jdbc.execute(SCHEMA);
      task =
          Tasks.custom(TaskDescriptor.of("batch"))
              .execute((instance, context) -> handle(instance.getId()));
      scheduler =
          Scheduler.create(database.source(), task)
              .threads(workers)
              .pollingInterval(POLLING)
              .pollUsingLockAndFetch(1.0, 4.0)
              .shutdownMaxWait(Duration.ofSeconds(1))
              .build();
      scheduler.start();
    }

    @Override
    public void submit(String key, String payload) {
      jdbc.update("INSERT INTO messages (key, payload) VALUES (?, ?)", key, payload);
      schedule(key);
    }

    private void schedule(String key) {
      scheduler.scheduleIfNotExists(task.instance(key), Instant.now().plus(window));
    }

    private CompletionHandler<Void> handle(String key) {
      List<Row> rows =
          jdbc.query(
              "SELECT id, payload FROM messages WHERE key = ? ORDER BY id",
              (row, number) -> new Row(row.getLong(1), row.getString(2)),
              key);
      if (!rows.isEmpty()) {
        handler.handle(key, rows.stream().map(Row::payload).toList());
        Long[] ids = rows.stream().map(Row::id).toArray(Long[]::new);
        jdbc.update("DELETE FROM messages WHERE id = ANY (?)", (Object) ids);
      }
      return (complete, operations) -> {
        operations.remove();
        if (check && isWaiting(key)) {
          schedule(key);
        }
      };
    }

    private boolean isWaiting(String key) {
      String query = "SELECT EXISTS (SELECT FROM messages WHERE key = ?)";
      return Boolean.TRUE.equals(jdbc.queryForObject(query, Boolean.class, key));
    }

    @Override
    public void close() {
      scheduler.stop();
      database.close();
    }
  }
}
