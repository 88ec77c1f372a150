// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.webhook;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * What one provider thread posts: its own customers' messages on all channels, numbered and then
 * shuffled a little, some of them again later, and some posts that are broken.
 *
 * @param posts in this order
 * @param messages of all posts that are sound, in the order of their first post
 */
record Traffic(List<Post> posts, List<Inbound> messages) {

  /** One post and how it is answered in the end. */
  record Post(String path, String body, int status) {}

  private static final int CUSTOMERS = 12;
  private static final int SHUFFLED = 8;
  private static final int BROKEN_EVERY = 19;
  private static final int AGAIN_EVERY = 7;

  static Traffic of(int thread, int count, Random random) {
    Traffic traffic = new Traffic(new ArrayList<>(), new ArrayList<>());
    for (int number : outOfOrder(count, random)) {
      Post post = traffic.next(thread, number, random);
      traffic.posts.add(post);
      if (number % BROKEN_EVERY == 0) {
        String half = post.body.substring(0, post.body.length() / 2);
        traffic.posts.add(new Post(post.path, half, 400));
      }
      if (number % AGAIN_EVERY == 0) {
        traffic.again(random);
      }
    }
    return traffic;
  }

  private static List<Integer> outOfOrder(int count, Random random) {
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      numbers.add(i);
    }
    for (int from = 0; from < count; from += SHUFFLED) {
      Collections.shuffle(numbers.subList(from, Math.min(from + SHUFFLED, count)), random);
    }
    return numbers;
  }

  private Post next(int thread, int number, Random random) {
    String text = "t" + thread + "." + number;
    String id = "id." + text;
    String customer = customer(thread, random);
    return switch (number % 4) {
      case 0 -> {
        messages.add(new Inbound("wati", customer, id, text));
        yield new Post("/wati", Posts.wati(customer, id, text), 200);
      }
      case 1 -> {
        messages.add(new Inbound("facebook", customer, null, text));
        yield new Post("/manychat/facebook", Posts.manyChat(customer, text), 200);
      }
      case 2 -> {
        messages.add(new Inbound("instagram", customer, null, text));
        yield new Post("/manychat/instagram", Posts.manyChat(customer, text), 200);
      }
      default -> together(customer, customer(thread, random), text);
    };
  }

  /** Three messages of two customers, with a status between them. */
  private Post together(String one, String other, String text) {
    List<Inbound> three =
        List.of(
            new Inbound("whatsapp", one, "wamid.1." + text, text + "a"),
            new Inbound("whatsapp", other, "wamid.2." + text, text + "b"),
            new Inbound("whatsapp", one, "wamid.3." + text, text + "c"));
    messages.addAll(three);
    String[] posted =
        three.stream()
            .map(message -> Posts.message(message.customer(), message.id(), message.text()))
            .toArray(String[]::new);
    return new Post(
        "/whatsapp",
        Posts.whatsApp(
            Posts.messages(posted[0], posted[1]),
            Posts.change("statuses", Posts.status("wamid.0")),
            Posts.messages(posted[2])),
        200);
  }

  /** A post from before, as providers deliver it that have not seen its answer; it has ids. */
  private void again(Random random) {
    List<Post> withIds =
        posts.stream()
            .filter(post -> post.status == 200 && !post.path.startsWith("/manychat"))
            .toList();
    if (!withIds.isEmpty()) {
      posts.add(withIds.get(random.nextInt(withIds.size())));
    }
  }

  private static String customer(int thread, Random random) {
    return "503700000%02d".formatted(thread * CUSTOMERS + random.nextInt(CUSTOMERS));
  }
}
