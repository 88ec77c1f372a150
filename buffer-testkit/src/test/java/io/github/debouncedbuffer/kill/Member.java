// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.kill;

import java.util.Arrays;
import java.util.List;

/** A message as a handler saw it. */
record Member(long sequence, String payload) {

  static List<Member> parse(String members) {
    return Arrays.stream(members.split(",")).map(Member::one).toList();
  }

  private static Member one(String member) {
    String[] parts = member.split(":");
    return new Member(Long.parseLong(parts[0]), parts[1]);
  }
}
