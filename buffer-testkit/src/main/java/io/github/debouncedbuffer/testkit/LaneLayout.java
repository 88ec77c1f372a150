// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Where everything in a lane stands; the one layout that both renderers draw.
 *
 * <p>Bars go to the first track that is free at their time. A sign stands on the bar whose begin or
 * end it is; or on the bar it falls into, if the label still fits inside; else in the first track
 * that is free there.
 */
final class LaneLayout {
  private static final Comparator<LaneSpan> BY_TIME =
      Comparator.comparing(LaneSpan::from)
          .thenComparing(LaneSpan::to)
          .thenComparing(LaneSpan::kind)
          .thenComparing(LaneSpan::label);

  private final TimelineMeasure measure;
  private final List<LaneTrack> tracks = new ArrayList<>();

  private LaneLayout(TimelineMeasure measure) {
    this.measure = measure;
  }

  /** The lane's rows from top to bottom, at least one. */
  static List<LaneRow> rows(Lane lane, TimelineAxis axis, TimelineMeasure measure) {
    LaneLayout layout = new LaneLayout(measure);
    for (LaneSpan span : lane.spans().stream().sorted(BY_TIME).toList()) {
      layout.place(LaneBar.of(span, axis, measure));
    }
    // The ends of bars first: only then is it known how much room their labels have.
    List<LaneSign> rest = new ArrayList<>(LaneSigns.of(lane.marks(), axis, measure));
    rest.removeIf(layout::placedOnEdge);
    rest.forEach(layout::place);
    layout.trackWhere(track -> true);
    return layout.tracks.stream().flatMap(track -> track.rows().stream()).toList();
  }

  private void place(LaneBar bar) {
    trackWhere(track -> track.isFree(bar.left(), bar.right())).add(bar);
  }

  private boolean placedOnEdge(LaneSign sign) {
    for (LaneTrack track : tracks) {
      if (track.touches(sign) && track.carries(sign)) {
        track.add(sign);
        return true;
      }
    }
    return false;
  }

  private void place(LaneSign sign) {
    tracks.stream()
        .filter(track -> fallsInto(track, sign))
        .findFirst()
        .orElseGet(() -> trackWhere(track -> track.isFree(sign.left(), sign.reach())))
        .add(sign);
  }

  private static boolean fallsInto(LaneTrack track, LaneSign sign) {
    return track.surrounds(sign) && track.carries(sign) && track.keepsLabels(sign);
  }

  private LaneTrack trackWhere(Predicate<LaneTrack> condition) {
    return tracks.stream().filter(condition).findFirst().orElseGet(this::newTrack);
  }

  private LaneTrack newTrack() {
    LaneTrack track = new LaneTrack(measure);
    tracks.add(track);
    return track;
  }
}
