// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.kill;

import io.github.debouncedbuffer.DebouncedBuffer;
import io.github.debouncedbuffer.Receipt;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Eight threads that submit. Each message has a number of its own over all lives. */
final class Load {

  private static final int SUBMITTERS = 8;
  private static final int KEYS = 12;
  private static final String NO_ID = "-";

  private final String life;
  private final DebouncedBuffer<String> buffer;
  private final Journal journal;
  private final Ending ending;

  Load(String life, DebouncedBuffer<String> buffer, Journal journal, Ending ending) {
    this.life = life;
    this.buffer = buffer;
    this.journal = journal;
    this.ending = ending;
  }

  /** As a provider does: what has an id and got no receipt is sent once more. */
  void again(List<List<String>> past) {
    Map<String, List<String>> open = new LinkedHashMap<>();
    for (List<String> line : past) {
      if (line.get(0).equals("ASK") && !line.get(3).equals(NO_ID)) {
        open.put(line.get(2), line);
      } else if (line.get(0).equals("RECEIPT")) {
        open.remove(line.get(2));
      }
    }
    open.values().forEach(ask -> submit(ask.get(1), ask.get(2), ask.get(3)));
  }

  /** One message that kills whoever handles it, unless an earlier one is not dead yet. */
  void poison(List<List<String>> past) {
    long runs =
        past.stream()
            .filter(line -> line.get(0).equals("BEGIN") && line.get(1).equals(KilledChild.POISON))
            .count();
    if (runs % KilledChild.MAX_ATTEMPTS == 0) {
      submit(KilledChild.POISON, life + "-poison-0", NO_ID);
    }
  }

  void start() {
    for (int i = 0; i < SUBMITTERS; i++) {
      int submitter = i;
      Thread thread = new Thread(() -> submitAll(submitter), "submitter-" + i);
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void submitAll(int submitter) {
    Random random = new Random(Long.parseLong(life) * SUBMITTERS + submitter);
    for (int n = 0; ; n++) {
      String payload = life + "-" + submitter + "-" + n;
      String key = "chat-" + random.nextInt(KEYS);
      String id = n % 2 == 0 ? NO_ID : "id-" + payload;
      submit(key, payload, id);
      if (n % 10 == 1) {
        submit(key, payload, id);
      }
      // Customers type in real time: all keys are to have windows that end.
      LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextInt(4_000)));
    }
  }

  private void submit(String key, String payload, String id) {
    journal.write("ASK %s %s %s", key, payload, id);
    Receipt receipt = buffer.submit(key, id.equals(NO_ID) ? null : id, payload);
    journal.write("RECEIPT %s %s %s %d", key, payload, receipt.status(), receipt.sequence());
    ending.receipt();
  }
}
