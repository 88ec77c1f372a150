// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres;

import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * Sequences and tokens for one transaction.
 *
 * <p>Numbers are drawn from a sequence of the server's in blocks, and a connection keeps what is
 * left of a block for its next transactions. It is used only as long as no other block was drawn
 * since, which is looked up after the rows were locked: so the sequences of a key grow, whichever
 * nodes append to it one after the other. A block that was drawn in a transaction is kept only when
 * that is committed; until then a crash of the server may take the draw back.
 */
final class Numbers {

  /** As many as a sequence is incremented by. */
  static final int BLOCK = 65_536;

  /** What is counted. */
  enum Of {
    SEQUENCES(Sql.DRAW_SEQUENCES),
    TOKENS(Sql.DRAW_TOKENS);

    private final String draw;

    Of(String draw) {
      this.draw = draw;
    }
  }

  /** What is left of a block: from {@code next} on. Immutable. */
  record Block(long first, long next) {

    boolean has(int count) {
      return next + count <= first + BLOCK;
    }

    Block without(int count) {
      return new Block(first, next + count);
    }
  }

  private final Statements statements;
  private final Map<Of, Block> blocks;
  private final Looks looks;

  /** For a transaction on a connection that has these blocks. */
  Numbers(Statements statements, Looks looks, Map<Of, Block> blocks) {
    this.statements = statements;
    this.looks = looks;
    this.blocks = new EnumMap<>(Of.class);
    this.blocks.putAll(blocks);
  }

  /** What is left, for the next transaction. */
  Map<Of, Block> left() {
    return blocks;
  }

  /** The first of so many consecutive numbers. */
  long draw(Of counter, int count) throws SQLException {
    if (count > BLOCK) {
      throw new IllegalArgumentException(
          count + " numbers at once are more than " + BLOCK + "; use smaller groups");
    }
    Block block = blocks.get(counter);
    Map<Of, Long> latest = looks.last().latest();
    if (block == null || !block.has(count) || !Objects.equals(latest.get(counter), block.first)) {
      long first = statements.single(counter.draw, p -> {}, Cursor::number);
      latest.put(counter, first);
      block = new Block(first, first);
    }
    blocks.put(counter, block.without(count));
    return block.next;
  }

  /** The number that would come next, if nobody else draws. */
  long next(Of counter) {
    Block block = blocks.get(counter);
    return block == null ? 1 : block.next;
  }
}
