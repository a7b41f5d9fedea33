package io.gilgamesh.testing;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.gilgamesh.PythonKwargs;
import io.gilgamesh.PythonSlice;
import io.gilgamesh.PythonTuple;
import java.io.File;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/** Makes Java values of the conversion table's literals. */
public final class JavaLiterals {

  /** Finds the Python object that an expression yields. */
  @FunctionalInterface
  public interface Objects {
    Object of(String expression);
  }

  private final Objects objects;

  JavaLiterals(Objects objects) {
    this.objects = objects;
  }

  Object value(JsonElement form) {
    if (form.isJsonNull()) {
      return null;
    }
    Map.Entry<String, JsonElement> only = form.getAsJsonObject().entrySet().iterator().next();
    String type = only.getKey();
    JsonElement literal = only.getValue();
    if (literal instanceof JsonObject special && special.has("levels")) {
      return levels(special.get("levels").getAsInt());
    }
    return type.endsWith("[]") ? array(type, literal) : ofClass(type, literal);
  }

  private Object ofClass(String type, JsonElement literal) {
    return switch (type) {
      case "Boolean" -> Boolean.valueOf(literal.getAsString());
      case "Byte" -> Byte.valueOf(literal.getAsString());
      case "Short" -> Short.valueOf(literal.getAsString());
      case "Integer" -> Integer.valueOf(literal.getAsString());
      case "Long" -> Long.valueOf(literal.getAsString());
      case "BigInteger" -> bigInteger(literal);
      case "Float" -> Float.valueOf(literal.getAsString());
      case "Double" -> Double.valueOf(literal.getAsString());
      case "Character" -> text(literal).charAt(0);
      case "String" -> text(literal);
      case "StringBuilder" -> new StringBuilder(text(literal));
      case "PythonObject" -> objects.of(literal.getAsString());
      case "PythonKwargs" -> PythonKwargs.kwargs("k", 1);
      case "cycle" -> cycle();
      default -> ofText(type, literal);
    };
  }

  private Object ofText(String type, JsonElement literal) {
    return switch (type) {
      case "BigDecimal" -> new BigDecimal(literal.getAsString());
      case "LocalDate" -> LocalDate.parse(literal.getAsString());
      case "LocalTime" -> LocalTime.parse(literal.getAsString());
      case "OffsetTime" -> OffsetTime.parse(literal.getAsString());
      case "LocalDateTime" -> LocalDateTime.parse(literal.getAsString());
      case "OffsetDateTime" -> OffsetDateTime.parse(literal.getAsString());
      case "ZonedDateTime" -> ZonedDateTime.parse(literal.getAsString());
      case "Instant" -> Instant.parse(literal.getAsString());
      case "Duration" -> Duration.parse(literal.getAsString());
      case "UUID" -> UUID.fromString(literal.getAsString());
      case "PythonSlice" -> slice(elements(literal));
      case "Path" -> Path.of(literal.getAsString());
      case "File" -> new File(literal.getAsString());
      case "URI" -> URI.create(literal.getAsString());
      case "Enum" -> Thread.State.valueOf(literal.getAsString());
      case "ByteBuffer" -> ByteBuffer.wrap(HexFormat.of().parseHex(literal.getAsString()));
      case "Optional" -> Optional.ofNullable(value(literal));
      case "OptionalInt" -> OptionalInt.of(literal.getAsInt());
      case "OptionalLong" -> OptionalLong.of(literal.getAsLong());
      case "OptionalDouble" -> OptionalDouble.of(literal.getAsDouble());
      case "Map.Entry" -> Map.entry(elements(literal).get(0), elements(literal).get(1));
      case "Iterable" -> iterable(elements(literal));
      default -> container(type, literal);
    };
  }

  private static PythonSlice slice(List<Object> bounds) {
    return new PythonSlice((Long) bounds.get(0), (Long) bounds.get(1), (Long) bounds.get(2));
  }

  /** One that is no collection. */
  private static Iterable<Object> iterable(List<Object> elements) {
    return elements::iterator;
  }

  private Object container(String type, JsonElement literal) {
    return switch (type) {
      case "ArrayList" -> elements(literal);
      case "List" -> List.copyOf(elements(literal));
      case "ArrayDeque" -> new ArrayDeque<>(elements(literal));
      case "PythonTuple" -> PythonTuple.copyOf(elements(literal));
      case "LinkedHashSet" -> new LinkedHashSet<>(elements(literal));
      case "Set" -> Set.copyOf(elements(literal));
      case "TreeSet" -> new TreeSet<>(elements(literal));
      case "LinkedHashMap" -> entries(literal);
      case "Map" -> Map.copyOf(entries(literal));
      case "TreeMap" -> new TreeMap<>(entries(literal));
      default -> throw new IllegalArgumentException("no literal is of class " + type);
    };
  }

  // ---- scalars

  private static BigInteger bigInteger(JsonElement literal) {
    return literal instanceof JsonObject special && special.has("shift")
        ? BigInteger.ONE.shiftLeft(special.get("shift").getAsInt())
        : new BigInteger(text(literal));
  }

  private static String text(JsonElement literal) {
    if (!(literal instanceof JsonObject special)) {
      return literal.getAsString();
    }
    int times = special.has("times") ? special.get("times").getAsInt() : 1;
    return special.has("units")
        ? units(special.get("units").getAsString()).repeat(times)
        : special.get("repeat").getAsString().repeat(times);
  }

  private static String units(String hex) {
    StringBuilder text = new StringBuilder();
    for (String unit : hex.split(" ")) {
      text.append((char) Integer.parseInt(unit, 16));
    }
    return text.toString();
  }

  // ---- arrays

  private Object array(String type, JsonElement literal) {
    return switch (type) {
      case "byte[]" -> HexFormat.of().parseHex(text(literal));
      case "char[]" -> text(literal).toCharArray();
      case "Object[]" -> elements(literal).toArray();
      case "String[]" -> elements(literal).toArray(String[]::new);
      case "Long[]" -> elements(literal).toArray(Long[]::new);
      default -> primitives(type, literal.getAsJsonArray());
    };
  }

  private static Object primitives(String type, JsonArray words) {
    Object array = Array.newInstance(component(type), words.size());
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i).getAsString();
      switch (type) {
        case "boolean[]" -> Array.setBoolean(array, i, Boolean.parseBoolean(word));
        case "short[]" -> Array.setShort(array, i, Short.parseShort(word));
        case "int[]" -> Array.setInt(array, i, Integer.parseInt(word));
        case "long[]" -> Array.setLong(array, i, Long.parseLong(word));
        case "float[]" -> Array.setFloat(array, i, Float.parseFloat(word));
        default -> Array.setDouble(array, i, Double.parseDouble(word));
      }
    }
    return array;
  }

  private static Class<?> component(String type) {
    return switch (type) {
      case "boolean[]" -> boolean.class;
      case "short[]" -> short.class;
      case "int[]" -> int.class;
      case "long[]" -> long.class;
      case "float[]" -> float.class;
      case "double[]" -> double.class;
      default -> throw new IllegalArgumentException("no literal is of class " + type);
    };
  }

  // ---- containers

  private List<Object> elements(JsonElement literal) {
    if (literal instanceof JsonObject special) {
      Object element = value(special.get("repeat"));
      return new ArrayList<>(Collections.nCopies(special.get("times").getAsInt(), element));
    }
    List<Object> elements = new ArrayList<>();
    literal.getAsJsonArray().forEach(element -> elements.add(value(element)));
    return elements;
  }

  private Map<Object, Object> entries(JsonElement literal) {
    Map<Object, Object> entries = new LinkedHashMap<>();
    for (JsonElement element : literal.getAsJsonArray()) {
      JsonArray pair = element.getAsJsonArray();
      entries.put(value(pair.get(0)), value(pair.get(1)));
    }
    return entries;
  }

  private static List<Object> levels(int levels) {
    List<Object> value = new ArrayList<>();
    for (int i = 1; i < levels; i++) {
      value = new ArrayList<>(List.<Object>of(value));
    }
    return value;
  }

  private static Collection<Object> cycle() {
    List<Object> list = new ArrayList<>();
    list.add(new LinkedHashMap<>(Map.of("k", list)));
    return list;
  }
}
