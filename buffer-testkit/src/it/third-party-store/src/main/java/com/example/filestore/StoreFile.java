// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package com.example.filestore;

import com.example.filestore.Contents.Place;
import com.example.filestore.Contents.Remembered;
import io.github.debouncedbuffer.spi.BatchRow;
import io.github.debouncedbuffer.spi.BuriedLetter;
import io.github.debouncedbuffer.spi.DeadLetterRow;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.KeyState;
import io.github.debouncedbuffer.spi.MessageId;
import io.github.debouncedbuffer.spi.PolicyRow;
import io.github.debouncedbuffer.spi.StoreException;
import io.github.debouncedbuffer.spi.StoreException.Reason;
import io.github.debouncedbuffer.spi.StoredMessage;
import io.github.debouncedbuffer.spi.WindowRow;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** How the contents are written: field by field, in the order of the records. */
final class StoreFile {

  /** Writes one value. */
  private interface Write<T> {
    void to(DataOutputStream out, T value) throws IOException;
  }

  /** Reads one value. */
  private interface Read<T> {
    T from(DataInputStream in) throws IOException;
  }

  private StoreFile() {}

  static byte[] write(Contents contents) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var out = new DataOutputStream(bytes);
    out.writeUTF(contents.storeId);
    out.writeLong(contents.nextSequence);
    out.writeLong(contents.nextToken);
    out.writeInt(contents.rows.size());
    for (KeyRow row : contents.rows.values()) {
      row(out, row);
    }
    out.writeInt(contents.messages.size());
    for (var each : contents.messages.entrySet()) {
      out.writeUTF(each.getKey().key());
      message(out, each.getValue());
    }
    out.writeInt(contents.letters.size());
    for (BuriedLetter letter : contents.letters.values()) {
      letter(out, letter);
    }
    out.writeInt(contents.ids.size());
    for (var each : contents.ids.entrySet()) {
      out.writeUTF(each.getKey().key());
      out.writeUTF(each.getKey().id());
      out.writeLong(each.getValue().sequence());
      maybe(out, each.getValue().forgetAt(), StoreFile::instant);
    }
    return bytes.toByteArray();
  }

  static Contents read(byte[] bytes) {
    try {
      var in = new DataInputStream(new ByteArrayInputStream(bytes));
      var contents = new Contents(in.readUTF());
      contents.nextSequence = in.readLong();
      contents.nextToken = in.readLong();
      for (int left = in.readInt(); left > 0; left--) {
        KeyRow row = row(in);
        contents.rows.put(row.key(), row);
      }
      for (int left = in.readInt(); left > 0; left--) {
        String key = in.readUTF();
        StoredMessage message = message(in);
        contents.messages.put(new Place(key, message.sequence()), message);
      }
      for (int left = in.readInt(); left > 0; left--) {
        BuriedLetter letter = letter(in);
        contents.letters.put(letter.row().id(), letter);
      }
      for (int left = in.readInt(); left > 0; left--) {
        var id = new MessageId(in.readUTF(), in.readUTF());
        contents.ids.put(id, new Remembered(in.readLong(), maybe(in, StoreFile::instant)));
      }
      return contents;
    } catch (IOException | RuntimeException e) {
      throw new StoreException(Reason.CORRUPT, "the file is damaged; it was left as it is", e);
    }
  }

  private static void row(DataOutputStream out, KeyRow row) throws IOException {
    out.writeUTF(row.key());
    out.writeUTF(row.state().name());
    instant(out, row.startedAt());
    instant(out, row.lastArrivalAt());
    maybe(out, row.dueAt(), StoreFile::instant);
    maybe(out, row.extendedUntil(), StoreFile::instant);
    out.writeBoolean(row.policy().quiet());
    duration(out, row.policy().minWait());
    duration(out, row.policy().maxWait());
    out.writeInt(row.policy().maxBatch());
    out.writeUTF(row.policy().followUp());
    maybe(out, row.window(), StoreFile::window);
    maybe(out, row.batch(), StoreFile::batch);
    out.writeInt(row.supersedes());
  }

  private static KeyRow row(DataInputStream in) throws IOException {
    return new KeyRow(
        in.readUTF(),
        KeyState.valueOf(in.readUTF()),
        instant(in),
        instant(in),
        maybe(in, StoreFile::instant),
        maybe(in, StoreFile::instant),
        new PolicyRow(in.readBoolean(), duration(in), duration(in), in.readInt(), in.readUTF()),
        maybe(in, StoreFile::window),
        maybe(in, StoreFile::batch),
        in.readInt());
  }

  private static void window(DataOutputStream out, WindowRow window) throws IOException {
    out.writeInt(window.messages());
    instant(out, window.openedAt());
    instant(out, window.countsFrom());
    out.writeBoolean(window.dueNow());
  }

  private static WindowRow window(DataInputStream in) throws IOException {
    return new WindowRow(in.readInt(), instant(in), instant(in), in.readBoolean());
  }

  private static void batch(DataOutputStream out, BatchRow batch) throws IOException {
    out.writeLong(batch.id());
    out.writeLong(batch.token());
    out.writeInt(batch.attempt());
    out.writeInt(batch.messages());
    out.writeLong(batch.throughSequence());
    instant(out, batch.openedAt());
    instant(out, batch.since());
    out.writeBoolean(batch.recovered());
  }

  private static BatchRow batch(DataInputStream in) throws IOException {
    return new BatchRow(
        in.readLong(),
        in.readLong(),
        in.readInt(),
        in.readInt(),
        in.readLong(),
        instant(in),
        instant(in),
        in.readBoolean(),
        null);
  }

  private static void message(DataOutputStream out, StoredMessage message) throws IOException {
    out.writeLong(message.sequence());
    maybe(out, message.messageId(), DataOutputStream::writeUTF);
    instant(out, message.arrivedAt());
    out.writeInt(message.payload().length);
    out.write(message.payload());
  }

  private static StoredMessage message(DataInputStream in) throws IOException {
    return new StoredMessage(
        in.readLong(),
        maybe(in, text -> text.readUTF()),
        instant(in),
        in.readNBytes(in.readInt()),
        true);
  }

  private static void letter(DataOutputStream out, BuriedLetter letter) throws IOException {
    DeadLetterRow row = letter.row();
    out.writeLong(row.id());
    out.writeUTF(row.key());
    out.writeUTF(row.reason());
    out.writeUTF(row.error());
    out.writeInt(row.attempts());
    instant(out, row.startedAt());
    instant(out, row.diedAt());
    out.writeInt(letter.messages().size());
    for (StoredMessage message : letter.messages()) {
      message(out, message);
    }
  }

  private static BuriedLetter letter(DataInputStream in) throws IOException {
    var row =
        new DeadLetterRow(
            in.readLong(),
            in.readUTF(),
            in.readUTF(),
            in.readUTF(),
            in.readInt(),
            instant(in),
            instant(in));
    List<StoredMessage> messages = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      messages.add(message(in));
    }
    return new BuriedLetter(row, messages);
  }

  private static void instant(DataOutputStream out, Instant instant) throws IOException {
    out.writeLong(instant.getEpochSecond());
    out.writeInt(instant.getNano());
  }

  private static Instant instant(DataInputStream in) throws IOException {
    return Instant.ofEpochSecond(in.readLong(), in.readInt());
  }

  private static void duration(DataOutputStream out, Duration duration) throws IOException {
    out.writeLong(duration.getSeconds());
    out.writeInt(duration.getNano());
  }

  private static Duration duration(DataInputStream in) throws IOException {
    return Duration.ofSeconds(in.readLong(), in.readInt());
  }

  private static <T> void maybe(DataOutputStream out, T value, Write<T> write) throws IOException {
    out.writeBoolean(value != null);
    if (value != null) {
      write.to(out, value);
    }
  }

  private static <T> T maybe(DataInputStream in, Read<T> read) throws IOException {
    return in.readBoolean() ? read.from(in) : null;
  }
}
