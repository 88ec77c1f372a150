// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit;

/** Writes elements; the only place where text from outside becomes XML. */
final class SvgWriter {
  private final StringBuilder out = new StringBuilder();

  /** Begins an element. Attributes are names and values in turn. */
  SvgWriter open(String name, Object... attributes) {
    start(name, attributes);
    out.append(">\n");
    return this;
  }

  SvgWriter close(String name) {
    out.append("</").append(name).append(">\n");
    return this;
  }

  /** An element without content. */
  SvgWriter leaf(String name, Object... attributes) {
    start(name, attributes);
    out.append("/>\n");
    return this;
  }

  /** An element whose content is text from outside. */
  SvgWriter content(String name, String text, Object... attributes) {
    start(name, attributes);
    out.append('>').append(TextSafe.xml(text));
    return close(name);
  }

  /** Text at a place; the class decides about font and colour. */
  SvgWriter text(String styles, int x, int baseline, String text) {
    return content("text", text, "class", styles, "x", x, "y", baseline);
  }

  /** What is already XML. */
  SvgWriter raw(String xml) {
    out.append(xml);
    return this;
  }

  @Override
  public String toString() {
    return out.toString();
  }

  private void start(String name, Object... attributes) {
    out.append('<').append(name);
    for (int i = 0; i < attributes.length; i += 2) {
      String value = TextSafe.xml(String.valueOf(attributes[i + 1]));
      out.append(' ').append(attributes[i]).append("=\"").append(value).append('"');
    }
  }
}
