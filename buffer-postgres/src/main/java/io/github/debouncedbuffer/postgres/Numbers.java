// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres;

import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sequences and tokens for one transaction, and the time of the database.
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

  /** The time, and the first numbers of the blocks that were drawn last, by whom ever. */
  private record Look(Instant now, Map<Of, Long> latest) {

    boolean isOf(Block block, Of counter) {
      Long first = latest.get(counter);
      return first != null && first == block.first;
    }
  }

  private final Statements statements;
  private final Map<Of, Block> blocks;
  private @Nullable Look look;

  /** For a transaction on a connection that has these blocks. */
  Numbers(Statements statements, Map<Of, Block> blocks) {
    this.statements = statements;
    this.blocks = new EnumMap<>(Of.class);
    this.blocks.putAll(blocks);
  }

  /** What is left, for the next transaction. */
  Map<Of, Block> left() {
    return blocks;
  }

  /** Rows were locked: what was looked up before is of the past. */
  void locked() {
    look = null;
  }

  Instant now() throws SQLException {
    return look().now;
  }

  /** The first of so many consecutive numbers. */
  long draw(Of counter, int count) throws SQLException {
    if (count > BLOCK) {
      throw new IllegalArgumentException(
          count + " numbers at once are more than " + BLOCK + "; use smaller groups");
    }
    Block block = blocks.get(counter);
    Look latest = look();
    if (block == null || !block.has(count) || !latest.isOf(block, counter)) {
      long first = statements.single(counter.draw, p -> {}, Cursor::number);
      latest.latest.put(counter, first);
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

  private Look look() throws SQLException {
    if (look == null) {
      look = statements.single(Sql.LOOK, p -> {}, Numbers::look);
    }
    return look;
  }

  private static Look look(Cursor c) throws SQLException {
    Instant now = Instant.EPOCH.plus(c.number(), ChronoUnit.MICROS);
    Map<Of, Long> latest = new EnumMap<>(Of.class);
    latest.put(Of.SEQUENCES, c.number());
    latest.put(Of.TOKENS, c.number());
    return new Look(now, latest);
  }
}
