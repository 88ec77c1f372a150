// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.mutants;

import io.github.debouncedbuffer.DebouncedBuffer;
import io.github.debouncedbuffer.sqlite.SqliteBufferStore;
import io.github.debouncedbuffer.testkit.VirtualClock;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A world in which the product is a mutant. Everything of the product, the test kit and its tests
 * is loaded anew, from where the real classes come from, with the patched ones in their places; the
 * rest comes from the parent. So two worlds, and the real one, share no static state.
 */
final class MutantLoader extends URLClassLoader {

  private static final String OURS = "io.github.debouncedbuffer.";

  private static final URL[] PLACES =
      Stream.of(
              DebouncedBuffer.class,
              SqliteBufferStore.class,
              VirtualClock.class,
              MutantLoader.class)
          .map(known -> known.getProtectionDomain().getCodeSource().getLocation())
          .toArray(URL[]::new);

  /** Thousands of scenarios would log a million lines that nobody reads. */
  private static final Map<String, byte[]> SILENCE =
      SourceCompiler.compile(
          Map.of(
              "org/slf4j/LoggerFactory.java",
              """
              package org.slf4j;
              public final class LoggerFactory {
                public static Logger getLogger(Class<?> any) {
                  return getLogger(any.getName());
                }
                public static Logger getLogger(String any) {
                  return org.slf4j.helpers.NOPLogger.NOP_LOGGER;
                }
              }
              """));

  private final Map<String, byte[]> replaced = new HashMap<>(SILENCE);

  private MutantLoader(Map<String, byte[]> patched) {
    super(PLACES, MutantLoader.class.getClassLoader());
    replaced.putAll(patched);
  }

  /** The world of a mutant; of the true code, if there are no patches. */
  static MutantLoader with(List<Patch> patches) {
    return new MutantLoader(
        patches.isEmpty() ? Map.of() : SourceCompiler.compile(ProductSources.patched(patches)));
  }

  /** A new object of a class of ours, behind a type of the JDK. */
  <T> T make(String className, Class<T> type) {
    try {
      return type.cast(loadClass(className).getDeclaredConstructor().newInstance());
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(className + " cannot be made in the mutant's world", e);
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(OURS) && !replaced.containsKey(name)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? findClass(name) : loaded;
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte[] patched = replaced.get(name);
    return patched == null ? super.findClass(name) : defineClass(name, patched, 0, patched.length);
  }
}
