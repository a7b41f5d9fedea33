package io.gilgamesh.internal.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.gilgamesh.internal.ResolvedType;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/** What holds of the choice among any overloads for any arguments. */
class HostResolutionPropertiesTest {

  private static final List<Class<?>> TYPES =
      List.of(
          boolean.class,
          byte.class,
          short.class,
          int.class,
          long.class,
          float.class,
          double.class,
          char.class,
          Integer.class,
          Long.class,
          Double.class,
          Character.class,
          Number.class,
          BigInteger.class,
          BigDecimal.class,
          String.class,
          CharSequence.class,
          Comparable.class,
          Object.class,
          List.class,
          Iterable.class,
          Map.class,
          int[].class,
          Object[].class,
          String[].class);

  private static final List<@Nullable Object> VALUES =
      Collections.unmodifiableList(
          Arrays.asList(
              null,
              true,
              5L,
              300L,
              70_000L,
              1L << 40,
              BigInteger.TWO.pow(70),
              0.5,
              1e300,
              "a",
              "ab",
              new BigDecimal("1.5"),
              new ArrayList<>(List.of(1L)),
              new ArrayList<>(List.of("a")),
              new LinkedHashMap<>(Map.of("a", 1L)),
              new int[] {1},
              7,
              'c'));

  /** Types of parameters, and whether the last is of variable arity. */
  record Signature(List<Class<?>> types, boolean varargs) {
    Overload overload() {
      List<Parameter> parameters = new ArrayList<>();
      types.forEach(type -> parameters.add(new Parameter("p", ResolvedType.of(type))));
      Overload.Shape shape = new Overload.Shape("f", parameters, void.class, true, varargs, false);
      return new Overload(shape, null, () -> MethodHandles.constant(Object.class, ""), null);
    }

    /** With names of the parameters; what is called gives the number. */
    Overload named(int number) {
      List<Parameter> parameters = new ArrayList<>();
      types.forEach(
          type -> parameters.add(new Parameter("p" + parameters.size(), ResolvedType.of(type))));
      Overload.Shape shape = new Overload.Shape("f", parameters, int.class, true, varargs, true);
      MethodHandle constant = MethodHandles.constant(Object.class, number);
      Class<?>[] all = types.toArray(Class<?>[]::new);
      return new Overload(shape, null, () -> MethodHandles.dropArguments(constant, 0, all), null);
    }
  }

  @Provide
  Arbitrary<Signature> signatures() {
    return Arbitraries.of(TYPES)
        .list()
        .ofMaxSize(3)
        .map(types -> new Signature(types, !types.isEmpty() && isArray(types)));
  }

  private static boolean isArray(List<Class<?>> types) {
    return types.get(types.size() - 1).isArray();
  }

  @Provide
  Arbitrary<List<Signature>> overloads() {
    return signatures().list().ofMinSize(1).ofMaxSize(6).uniqueElements(Signature::types);
  }

  @Provide
  Arbitrary<List<@Nullable Object>> arguments() {
    return Arbitraries.integers()
        .between(0, VALUES.size() - 1)
        .<@Nullable Object>map(VALUES::get)
        .list()
        .ofMaxSize(3);
  }

  /** The chosen overload, null where nothing fits, the failure's kind where several do. */
  private static @Nullable Object chosen(List<Overload> overloads, @Nullable Object[] values) {
    try {
      Resolution resolution = Resolution.of("f", overloads, values);
      return resolution == null ? null : resolution.candidate().overload();
    } catch (HostCallException e) {
      return e.kind();
    }
  }

  @Property(tries = 5000, seed = "1")
  void theOrderOfOverloadsPlaysNoPart(
      @ForAll("overloads") List<Signature> signatures,
      @ForAll("arguments") List<@Nullable Object> arguments,
      @ForAll long seed) {
    List<Overload> overloads =
        new ArrayList<>(signatures.stream().map(Signature::overload).toList());
    @Nullable Object[] values = arguments.toArray();
    Object before = chosen(overloads, values);
    Collections.shuffle(overloads, new Random(seed));
    assertEquals(before, chosen(overloads, values));
  }

  @Property(tries = 5000, seed = "2")
  void theOnlyOverloadThatFitsIsFoundAmongOthers(
      @ForAll("overloads") List<Signature> signatures,
      @ForAll("arguments") List<@Nullable Object> arguments) {
    @Nullable Object[] values = arguments.toArray();
    List<Overload> overloads = signatures.stream().map(Signature::overload).toList();
    List<Overload> fitting = overloads.stream().filter(one -> fits(one, values)).toList();
    Object chosen = chosen(overloads, values);
    if (fitting.isEmpty() && overloads.size() > 1) {
      assertEquals(null, chosen);
    } else if (fitting.isEmpty()) {
      return; // the only one there is tries its conversions when it is called
    } else if (fitting.size() == 1) {
      assertEquals(fitting.get(0), chosen);
    } else {
      assertNotNull(chosen);
    }
  }

  private static boolean fits(Overload overload, @Nullable Object[] values) {
    List<Candidate> candidates = new ArrayList<>();
    overload.addCandidates(values, candidates);
    return candidates.stream().anyMatch(candidate -> !candidate.isRefused(values));
  }

  @Property(tries = 5000, seed = "3")
  void aRememberedChoiceIsTheOneThatWouldBeMade(
      @ForAll("overloads") List<Signature> signatures,
      @ForAll("arguments") List<@Nullable Object> first,
      @ForAll("arguments") List<@Nullable Object> second) {
    List<Overload> overloads = signatures.stream().map(Signature::overload).toList();
    OverloadSet set = new OverloadSet("f", overloads);
    @Nullable Object[] values = second.toArray();
    find(set, first.toArray());
    if (set.knows(values)) {
      assertEquals(chosen(overloads, first.toArray()), chosen(overloads, values));
    }
  }

  @Property(tries = 5000, seed = "4")
  void aRememberedChoiceByNamesIsTheOneThatWouldBeMade(
      @ForAll("overloads") List<Signature> signatures,
      @ForAll("arguments") List<@Nullable Object> first,
      @ForAll("arguments") List<@Nullable Object> second,
      @ForAll @IntRange(max = 3) int positional) {
    List<Overload> overloads = named(signatures);
    NamedCall before = NamedCall.of(first, positional);
    NamedCall call = NamedCall.of(second, positional);
    NamedChoices choices = new NamedChoices("f", overloads);
    before.result(choices);
    if (choices.knows(call.values, call.named)) {
      assertEquals(call.result(new NamedChoices("f", overloads)), call.result(choices));
    }
  }

  /** Each overload gives its own number. */
  private static List<Overload> named(List<Signature> signatures) {
    List<Overload> overloads = new ArrayList<>();
    for (Signature signature : signatures) {
      overloads.add(signature.named(overloads.size()));
    }
    return overloads;
  }

  /** Arguments of which the last are named. */
  record NamedCall(@Nullable Object[] values, Map<String, @Nullable Object> named) {
    static NamedCall of(List<@Nullable Object> all, int positional) {
      int single = Math.min(all.size(), positional);
      Map<String, @Nullable Object> named = new LinkedHashMap<>();
      for (int i = all.size() - 1; i >= single; i--) {
        named.put("p" + i, all.get(i));
      }
      return new NamedCall(all.subList(0, single).toArray(), named);
    }

    /** The number of the overload that was called, or what was said. */
    @Nullable Object result(NamedChoices choices) {
      try {
        return choices.call(null, values, named);
      } catch (Throwable e) {
        return e.getMessage();
      }
    }
  }

  private static void find(OverloadSet set, @Nullable Object[] values) {
    try {
      set.find(values);
    } catch (HostCallException e) {
      return; // ambiguous: nothing is remembered
    }
  }
}
