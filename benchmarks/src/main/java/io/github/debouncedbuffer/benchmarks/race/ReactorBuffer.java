// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.benchmarks.race;

import java.nio.file.Path;
import java.time.Duration;
import reactor.core.Disposable;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Reactor: {@code groupBy} and {@code bufferTimeout} with fair backpressure, which its Javadoc
 * advises where a downstream may be slower; a group's batches one after the other, on a bounded
 * elastic scheduler, since handlers block.
 */
final class ReactorBuffer implements Contender {

  private static final int MAX_BATCH = 100;

  private record Item(String key, String payload) {}

  @Override
  public String title() {
    return "Reactor";
  }

  @Override
  public String bias() {
    return "loses all at a crash; groups stay for ever; producers take turns; a batch of 100 is cut";
  }

  @Override
  public Running start(Path folder, Duration window, int workers, Handler handler) {
    Scheduler scheduler = Schedulers.newBoundedElastic(workers, Integer.MAX_VALUE, "handlers");
    Sinks.Many<Item> sink = Sinks.many().unicast().onBackpressureBuffer();
    Disposable subscription =
        sink.asFlux()
            .groupBy(Item::key, Integer.MAX_VALUE)
            .flatMap(
                group ->
                    group
                        .bufferTimeout(MAX_BATCH, window, true)
                        .publishOn(scheduler, 1)
                        .doOnNext(
                            items ->
                                handler.handle(
                                    group.key(), items.stream().map(Item::payload).toList())),
                Integer.MAX_VALUE)
            .subscribe();
    return new Running() {
      @Override
      public void submit(String key, String payload) {
        synchronized (sink) {
          sink.tryEmitNext(new Item(key, payload)).orThrow();
        }
      }

      @Override
      public void close() {
        subscription.dispose();
        scheduler.dispose();
      }
    };
  }
}
