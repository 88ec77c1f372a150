// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.benchmarks.race;

import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.processors.FlowableProcessor;
import io.reactivex.rxjava3.processors.UnicastProcessor;
import io.reactivex.rxjava3.schedulers.Schedulers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * RxJava: {@code groupBy} and {@code buffer} by time and size. Its windows open on a schedule of
 * their own, not with a key's first message.
 */
final class RxJavaBuffer implements Contender {

  private static final int MAX_BATCH = 100;

  private record Item(String key, String payload) {}

  @Override
  public String title() {
    return "RxJava";
  }

  @Override
  public String bias() {
    return "loses all at a crash; a timer for each group for ever, whose windows do not begin with a"
        + " first message; producers take turns; a batch of 100 is cut";
  }

  @Override
  public Running start(Path folder, Duration window, int workers, Handler handler) {
    ExecutorService pool = Executors.newFixedThreadPool(workers);
    FlowableProcessor<Item> processor = UnicastProcessor.<Item>create().toSerialized();
    Disposable subscription =
        processor
            .groupBy(Item::key)
            .flatMap(
                group ->
                    group
                        .buffer(window.toNanos(), TimeUnit.NANOSECONDS, MAX_BATCH)
                        .onBackpressureBuffer()
                        .filter(items -> !items.isEmpty())
                        .observeOn(Schedulers.from(pool), false, 1)
                        .doOnNext(
                            items ->
                                handler.handle(
                                    group.getKey(), items.stream().map(Item::payload).toList())),
                Integer.MAX_VALUE)
            .subscribe();
    return new Running() {
      @Override
      public void submit(String key, String payload) {
        processor.onNext(new Item(key, payload));
      }

      @Override
      public void close() {
        subscription.dispose();
        pool.shutdownNow();
      }
    };
  }
}
