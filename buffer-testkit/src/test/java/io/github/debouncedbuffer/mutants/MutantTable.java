// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.mutants;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All mutants, in the order of the flow. */
final class MutantTable {

  /** A mutant whose part of the product does not exist yet. */
  record NotYet(String name, String promise, String reason) {}

  static final List<NotYet> NOT_YET = List.of();

  private MutantTable() {}

  /** The mutants by where they are. */
  static Map<String, List<Mutant>> byPlace() {
    Map<String, List<Mutant>> places = new LinkedHashMap<>();
    places.put("incident", IncidentMutants.ALL);
    places.put("submit", SubmitMutants.ALL);
    places.put("claim", ClaimMutants.ALL);
    places.put("complete", CompleteMutants.ALL);
    places.put("time", TimeMutants.ALL);
    places.put("failure", FailureMutants.ALL);
    places.put("members", MemberMutants.ALL);
    places.put("engine, store", EngineMutants.ALL);
    places.put("nodes", NodesMutants.ALL);
    return places;
  }

  static List<Mutant> all() {
    return byPlace().values().stream().flatMap(List::stream).toList();
  }
}
