package io.gilgamesh.values;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.PythonContext;
import io.gilgamesh.PythonConversionException;
import io.gilgamesh.PythonConverter;
import io.gilgamesh.PythonObject;
import io.gilgamesh.TypeRef;
import io.gilgamesh.testing.InContext;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Converters that users register. */
class ConvertersTest extends InContext {

  /** A class that Gilgamesh knows nothing of. */
  static class Money {
    final String currency;
    final long cents;

    Money(String currency, long cents) {
      this.currency = currency;
      this.cents = cents;
    }

    static Money parse(String text) {
      String[] parts = text.split(" ", -1);
      if (parts.length != 2) {
        throw new IllegalArgumentException("not an amount: " + text);
      }
      return new Money(parts[0], Long.parseLong(parts[1]));
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Money money && money.toString().equals(toString());
    }

    @Override
    public int hashCode() {
      return toString().hashCode();
    }

    @Override
    public String toString() {
      return currency + " " + cents;
    }
  }

  static final class Tip extends Money {
    Tip(long cents) {
      super("EUR", cents);
    }
  }

  record Bill(String guest, List<Money> items) {}

  record Celsius(double degrees) {}

  private static final PythonConverter<Money, String> MONEY =
      PythonConverter.of(Money.class, String.class, Money::toString, Money::parse);

  @Test
  void aClassWithAConverterCrossesBothWaysAndInsideOthers() {
    context.converters().register(MONEY);
    Bill bill = new Bill("Ada", List.of(new Money("EUR", 250), new Tip(50)));
    context.set("bill", bill);
    assertEquals("{'guest': 'Ada', 'items': ['EUR 250', 'EUR 50']}", context.evalText("str(bill)"));
    assertEquals(bill, context.get("bill").to(Bill.class));
    assertEquals(
        Map.of("a", new Money("USD", 1)),
        context.evalTo(new TypeRef<Map<String, Money>>() {}, "{'a': 'USD 1'}"));
    assertNull(context.evalTo(Money.class, "None"));
  }

  @Test
  void aConverterMayGoByAnyFormAlsoByAnotherConverterOrAnObject() {
    context
        .converters()
        .register(MONEY)
        .register(
            PythonConverter.of(
                Celsius.class,
                PythonObject.class,
                celsius -> context.eval("complex(x, 0)", Map.of("x", celsius.degrees())),
                number -> new Celsius(number.attrDouble("real"))))
        .register(
            PythonConverter.of(
                StringBuilder.class,
                Money.class,
                text -> Money.parse(text.toString()),
                money -> new StringBuilder(money.toString())));
    context.set("warm", new Celsius(21.5));
    assertEquals("(21.5+0j)", context.evalText("str(warm)"));
    assertEquals(new Celsius(21.5), context.get("warm").to(Celsius.class));
    context.set("text", new StringBuilder("EUR 7"));
    assertEquals("EUR 7", context.evalTo(StringBuilder.class, "text").toString());
  }

  @Test
  void theContextsConverterComesBeforeThePythonsBeforeTheBuiltIn() {
    UUID id = UUID.fromString("00000000-0000-0000-0000-00000000002a");
    assertEquals("UUID", context.toPython(id).typeName());
    python
        .converters()
        .register(PythonConverter.of(UUID.class, String.class, UUID::toString, UUID::fromString));
    assertEquals("str", context.toPython(id).typeName());
    context
        .converters()
        .register(
            PythonConverter.of(
                UUID.class, Long.class, UUID::getLeastSignificantBits, bits -> new UUID(0, bits)));
    assertEquals("int", context.toPython(id).typeName());
    assertEquals(id, context.evalTo(UUID.class, "42"));
    PythonContext other = python.contexts().open("other");
    assertEquals("str", other.toPython(id).typeName());
    assertEquals(id, other.evalTo(UUID.class, "'" + id + "'"));
    assertEquals(Set.of(UUID.class), python.converters().types());
  }

  @Test
  void aServiceIsFoundAndComesAfterThoseThatWereRegistered() {
    context.set("temperature", new ServiceConverter.Kelvin(300));
    assertEquals("300 K", context.evalText("temperature"));
    assertEquals(
        new ServiceConverter.Kelvin(20), context.evalTo(ServiceConverter.Kelvin.class, "'20 K'"));
    context
        .converters()
        .register(
            PythonConverter.of(
                ServiceConverter.Kelvin.class,
                Integer.class,
                ServiceConverter.Kelvin::degrees,
                ServiceConverter.Kelvin::new));
    context.set("temperature", new ServiceConverter.Kelvin(300));
    assertEquals(300, context.evalLong("temperature"));
  }

  @Test
  void whatAConverterRefusesIsAConversionErrorWithItsPlace() {
    context.converters().register(MONEY);
    PythonConversionException e =
        assertThrows(
            PythonConversionException.class,
            () ->
                context.evalTo(
                    Bill.class, "{'guest': 'Ada', 'items': ['EUR 1', 'free', 'EUR x', 7]}"));
    String message = e.getMessage();
    assertTrue(message.startsWith("3 values do not fit:"), message);
    assertTrue(
        message.contains(
            ".items[1]: str 'free' cannot become "
                + Money.class.getTypeName()
                + ": not an amount: free"),
        message);
    assertTrue(message.contains(".items[3]: int 7 cannot become java.lang.String"), message);
    context
        .converters()
        .register(
            PythonConverter.of(
                Celsius.class,
                Double.class,
                celsius -> {
                  throw new IllegalStateException("too warm");
                },
                Celsius::new));
    e =
        assertThrows(
            PythonConversionException.class, () -> context.set("x", List.of(1, new Celsius(1))));
    assertEquals("[1]", e.path());
    assertTrue(e.getMessage().contains("IllegalStateException: too warm"), e.getMessage());
  }

  @Test
  void convertersThatGoInCirclesAreRefused() {
    context
        .converters()
        .register(PythonConverter.of(Celsius.class, Money.class, c -> new Money("C", 1), m -> null))
        .register(PythonConverter.of(Money.class, Celsius.class, m -> new Celsius(1), c -> null));
    assertTrue(
        assertThrows(PythonConversionException.class, () -> context.set("x", new Celsius(1)))
            .getMessage()
            .contains("nested deeper"));
    assertTrue(
        assertThrows(PythonConversionException.class, () -> context.evalTo(Celsius.class, "1.0"))
            .getMessage()
            .contains("without end"));
  }

  @Test
  void whatPythonHasItselfCannotBeConvertedOtherwise() {
    for (Class<?> type :
        List.of(
            String.class,
            Long.class,
            Object.class,
            Comparable.class,
            List.class,
            int.class,
            long[].class)) {
      IllegalArgumentException e =
          assertThrows(
              IllegalArgumentException.class,
              () ->
                  context
                      .converters()
                      .register(PythonConverter.of(type, Money.class, x -> null, x -> null)));
      assertTrue(e.getMessage().contains(type.getTypeName()), e.getMessage());
    }
    assertThrows(
        IllegalArgumentException.class,
        () ->
            context
                .converters()
                .register(PythonConverter.of(Money.class, Money.class, m -> m, m -> m)));
    assertThrows(NullPointerException.class, () -> context.converters().register(null));
  }
}
