// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.webhook;

/** Keys are phone numbers: the console and the log show enough to tell two apart, and no more. */
final class Masked {

  private static final int SHOWN = 2;

  private Masked() {}

  /** The channel, stars, and the last two letters or digits of a customer who has over eight. */
  static String key(String key) {
    String customer = key.substring(key.indexOf(':') + 1);
    int shownFrom = customer.length() > 4 * SHOWN ? customer.length() - SHOWN : customer.length();
    String end = customer.substring(shownFrom);
    return Inbound.channelOf(key) + ":***" + (end.matches("[A-Za-z0-9]*") ? end : "");
  }
}
