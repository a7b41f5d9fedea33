package io.gilgamesh.testing;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The conversion table, {@code tests/cases/conversions.json}. */
public final class ConversionCases {

  private static final JsonObject TABLE = read();

  private ConversionCases() {}

  private static JsonObject read() {
    Path file = Path.of(System.getProperty("gilgamesh.project", "."), "tests/cases");
    try (Reader reader = Files.newBufferedReader(file.resolve("conversions.json"))) {
      return JsonParser.parseReader(reader).getAsJsonObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The Python lines that the expressions need. */
  public static String prelude() {
    return elements("prelude").stream()
        .map(JsonElement::getAsString)
        .collect(Collectors.joining("\n"));
  }

  /** The cases of a section. */
  public static List<Case> section(String name) {
    return elements(name).stream().map(row -> new Case(row.getAsJsonObject())).toList();
  }

  private static List<JsonElement> elements(String section) {
    return StreamSupport.stream(TABLE.getAsJsonArray(section).spliterator(), false).toList();
  }

  /** One row; the columns are described in the README beside the table. */
  public record Case(JsonObject row) {

    public String name() {
      return text("name");
    }

    public boolean has(String column) {
      return row.has(column);
    }

    public String text(String column) {
      return row.get(column).getAsString();
    }

    public boolean goes(String direction) {
      return text("direction").equals("both") || text("direction").equals(direction);
    }

    /** The name of the class in the Java form. */
    public String javaClass() {
      JsonElement form = row.get("java");
      return form.isJsonNull() ? "null" : form.getAsJsonObject().keySet().iterator().next();
    }

    /** The Java form; objects are looked up by their expressions. */
    public Object java(JavaLiterals.Objects objects) {
      return new JavaLiterals(objects).value(row.get("java"));
    }

    /** Whether the bytes are fixed, and none of them belong to a handle. */
    public boolean hasPlainWire() {
      return row.has("wire") && !row.get("wire").toString().contains("(");
    }

    public byte[] wire() {
      StringBuilder hex = new StringBuilder();
      append(row.get("wire"), hex);
      return HexFormat.of().parseHex(hex);
    }

    private static void append(JsonElement wire, StringBuilder hex) {
      if (wire instanceof JsonArray parts) {
        parts.forEach(part -> append(part, hex));
      } else if (wire instanceof JsonPrimitive text) {
        hex.append(text.getAsString().replace(" ", ""));
      } else {
        JsonObject repeated = wire.getAsJsonObject();
        String part = repeated.get("repeat").getAsString().replace(" ", "");
        hex.append(part.repeat(repeated.get("times").getAsInt()));
      }
    }
  }
}
