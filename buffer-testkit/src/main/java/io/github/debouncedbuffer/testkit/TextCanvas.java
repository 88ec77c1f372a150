// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Lines of a terminal's cells; a wide character takes two, an accent none. */
final class TextCanvas {
  private final int width;
  private final List<String[]> lines = new ArrayList<>();

  TextCanvas(int width) {
    this.width = width;
  }

  int height() {
    return lines.size();
  }

  /** Writes over what is there; a line that does not exist yet is added. */
  void put(int line, int column, String text) {
    String[] cells = line(line);
    int at = column;
    for (int point : text.codePoints().toArray()) {
      int columns = TextColumns.of(point);
      String character = Character.toString(point);
      if (columns == 0 && at > column) {
        int before = cells[at - 1].isEmpty() ? at - 2 : at - 1;
        cells[before] += character;
      } else if (at >= 0 && at + columns <= width) {
        cells[at] = character;
        Arrays.fill(cells, at + 1, at + columns, "");
      }
      at += columns;
    }
  }

  /** Writes a character where nothing is. */
  void putBehind(int line, int column, String character) {
    String[] cells = line(line);
    if (cells[column].equals(" ")) {
      cells[column] = character;
    }
  }

  /** The lines without spaces at their ends, each ended by a line feed. */
  void appendTo(StringBuilder out) {
    for (String[] cells : lines) {
      out.append(String.join("", cells).stripTrailing()).append('\n');
    }
  }

  private String[] line(int line) {
    while (lines.size() <= line) {
      String[] cells = new String[width];
      Arrays.fill(cells, " ");
      lines.add(cells);
    }
    return lines.get(line);
  }
}
