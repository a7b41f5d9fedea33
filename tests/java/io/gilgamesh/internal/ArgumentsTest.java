package io.gilgamesh.internal;

import static io.gilgamesh.PythonKwargs.kwargs;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gilgamesh.PythonKwargs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Positional and keyword arguments on the wire. */
class ArgumentsTest {

  private static List<@Nullable Object> sent(@Nullable Object @Nullable ... arguments) {
    try (Exchange exchange = Exchange.lease(null)) {
      exchange.arguments(arguments);
      Reader reader = Wire.reader(exchange);
      int positional = reader.readInt();
      int keywords = reader.readInt();
      List<@Nullable Object> read = new ArrayList<>();
      for (int i = 0; i < positional; i++) {
        read.add(ValueDecoder.read(reader));
      }
      Map<@Nullable String, @Nullable Object> named = new LinkedHashMap<>();
      for (int i = 0; i < keywords; i++) {
        named.put(ValueDecoder.readText(reader), ValueDecoder.read(reader));
      }
      read.add(named);
      assertEquals(exchange.position, reader.position);
      return read;
    }
  }

  @Test
  void positionalArguments() {
    assertEquals(List.of(Map.of()), sent());
    assertEquals(List.of(1L, "a", Map.of()), sent(1, "a"));
    Object[] many = new Object[300];
    Arrays.fill(many, 7L);
    assertEquals(301, sent(many).size());
  }

  @Test
  void aNullArrayIsOneNone() {
    assertEquals(Arrays.asList(null, Map.of()), sent((Object[]) null));
    assertEquals(Arrays.asList(null, null, Map.of()), sent(null, null));
  }

  @Test
  void keywordArgumentsKeepTheirOrder() {
    List<Object> sent = sent(1, kwargs("b", 2, "a", null), PythonKwargs.of(Map.of("c", List.of())));
    assertEquals("[1, {b=2, a=null, c=[]}]", sent.toString());
  }

  @Test
  void mistakesInKeywordArgumentsAreTold() {
    assertThrows(IllegalArgumentException.class, () -> sent(kwargs("a", 1), kwargs("a", 2)));
    assertThrows(IllegalArgumentException.class, () -> kwargs("a", 1, "a", 2));
    assertThrows(IllegalArgumentException.class, () -> kwargs("a"));
    assertThrows(IllegalArgumentException.class, () -> kwargs(1, 2));
  }
}
