package io.gilgamesh.internal;

import io.gilgamesh.PythonTuple;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Random values in their natural Java forms, nested as deep as asked. */
final class RandomValues {

  private RandomValues() {}

  static @Nullable Object value(Random random, int depth) {
    int kind = random.nextInt(depth == 0 ? 6 : 11);
    return switch (kind) {
      case 0 -> null;
      case 1 -> random.nextBoolean();
      case 2 -> random.nextLong() >> random.nextInt(64);
      case 3 -> new BigInteger(64 + random.nextInt(200), random).setBit(64);
      case 4 -> random.nextGaussian();
      case 5 -> text(random);
      case 6 -> list(random, depth - 1);
      case 7 -> PythonTuple.copyOf(list(random, depth - 1));
      case 8 -> new LinkedHashSet<>(list(random, 0));
      case 9 -> map(random, depth - 1);
      default -> numbers(random);
    };
  }

  static String text(Random random) {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(40);
    int range = new int[] {0x7f, 0xff, 0xffff, 0x10ffff}[random.nextInt(4)];
    for (int i = 0; i < length; i++) {
      text.appendCodePoint(random.nextInt(range + 1));
    }
    return text.toString();
  }

  private static List<@Nullable Object> list(Random random, int depth) {
    List<@Nullable Object> list = new ArrayList<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      list.add(value(random, depth));
    }
    return list;
  }

  private static List<? extends Number> numbers(Random random) {
    int count = random.nextInt(3000);
    return random.nextBoolean()
        ? random.longs(count).boxed().toList()
        : random.doubles(count).boxed().toList();
  }

  private static Map<@Nullable Object, @Nullable Object> map(Random random, int depth) {
    Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      map.put(value(random, 0), value(random, depth));
    }
    return map;
  }
}
