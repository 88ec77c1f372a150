// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit;

/** Colours and fonts. Shape and words say the same as each colour does, for who cannot see it. */
final class SvgStyle {
  static final String CSS =
      """
      .dbt text { font: 13px %s; fill: #1f2328; }
      .dbt .title { font-size: 21px; font-weight: bold; }
      .dbt .heading { font-size: 17px; font-weight: bold; }
      .dbt .sentence { font-size: 14px; fill: #424a53; }
      .dbt .name { font-size: 14px; font-weight: bold; }
      .dbt .quiet { font-size: 12px; fill: #57606a; }
      .dbt .tick { font-size: 12px; fill: #57606a; text-anchor: middle; }
      .dbt .verdict { font-size: 15px; font-weight: bold; }
      .dbt .sign text { font-weight: bold; text-anchor: middle; fill: #fff; }
      .dbt .grid { stroke: #e4e8ee; }
      .dbt .rule { stroke: #d0d7de; }
      .dbt .guide { stroke: #1a5fb4; stroke-dasharray: 1 4; stroke-linecap: round; stroke-width: 1.6; }
      .dbt .pointer { stroke: #6e7781; fill: none; }
      .dbt .window { fill: #dde7f3; stroke: #7c93b2; }
      .dbt .run { fill: #4c3d9e; stroke: #4c3d9e; }
      .dbt .failed { fill: #fbe3dc; stroke: #b3401c; }
      .dbt .zigzag { fill: none; stroke: #b3401c; stroke-width: 2; }
      .dbt .backing { fill: #fffaf0; stroke: #946200; stroke-dasharray: 4 3; }
      .dbt .note { fill: none; stroke: #57606a; }
      .dbt .in-run { fill: #fff; }
      .dbt .received { fill: #1a5fb4; stroke: #fff; stroke-width: 1.5; }
      .dbt .late { fill: #fff; stroke: #1a5fb4; stroke-width: 3; }
      .dbt .answered { fill: #116b38; stroke: #fff; stroke-width: 1.5; }
      .dbt .lost { fill: #c4161c; stroke: #fff; stroke-width: 1.5; }
      .dbt .dead { fill: #2f3437; stroke: #fff; stroke-width: 1.5; }
      .dbt .sign .late-text { fill: #1a5fb4; }
      .dbt .symbol { fill: none; stroke: #fff; stroke-width: 2; stroke-linecap: round; }
      .dbt .dashes { fill: none; stroke: #c4161c; stroke-width: 2; stroke-dasharray: 6 5; }
      .dbt .loss { fill: #c4161c; font-weight: bold; }
      .dbt .halo, .dbt .in-note { paint-order: stroke; stroke: #fff; stroke-width: 4px; stroke-linejoin: round; }
      .dbt .good-text { fill: #116b38; }
      .dbt .lost-text { fill: #c4161c; }
      .dbt .dead-text { fill: #2f3437; }
      .dbt .waiting-text { fill: #7a5200; }
      .dbt .waiting { fill: #946200; }
      """
          .formatted(SvgFont.FAMILY);

  private SvgStyle() {}

  static String of(LaneSpan.Kind kind) {
    return switch (kind) {
      case WINDOW -> "window";
      case RUN -> "run";
      case FAILED -> "failed";
      case BACKING_OFF -> "backing";
      case NOTE -> "note";
    };
  }

  static String of(LaneMark.Kind kind) {
    return switch (kind) {
      case RECEIVED -> "received";
      case LATE -> "late";
      case ANSWERED -> "answered";
      case LOST -> "lost";
      case DEAD -> "dead";
    };
  }

  static String of(LaneTally.Verdict verdict) {
    return switch (verdict) {
      case GOOD -> "answered";
      case WAITING -> "waiting";
      case DEAD -> "dead";
      case LOST -> "lost";
    };
  }

  static String textOf(LaneTally.Verdict verdict) {
    return switch (verdict) {
      case GOOD -> "good-text";
      case WAITING -> "waiting-text";
      case DEAD -> "dead-text";
      case LOST -> "lost-text";
    };
  }
}
