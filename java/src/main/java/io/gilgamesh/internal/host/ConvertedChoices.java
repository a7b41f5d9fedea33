package io.gilgamesh.internal.host;

import io.gilgamesh.internal.ConverterTable;
import io.gilgamesh.internal.Converters;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.stream.Stream;

/**
 * The overloads of a group as contexts see them that have converters of the user's. What is chosen
 * with one table of converters is remembered for that table alone; of several that take turns the
 * latest is known. It is held weakly, since the group may be of a class of the JDK and would keep
 * the converters of contexts that are closed.
 */
final class ConvertedChoices {

  /** What a table makes of the group. */
  private record Made(ConverterTable by, Choices choices) {}

  private final String title;
  private final List<Overload> overloads;
  private final Choices plain;
  private final boolean possible;
  private volatile WeakReference<Made> latest = new WeakReference<>(null);

  ConvertedChoices(String title, List<Overload> overloads, Choices plain) {
    this.title = title;
    this.overloads = overloads;
    this.plain = plain;
    possible = types().anyMatch(parameter -> Converters.canConcern(parameter.resolved()));
  }

  private Stream<Parameter> types() {
    return overloads.stream().flatMap(overload -> overload.parameters().stream());
  }

  Choices with(Converters converters) {
    return possible ? with(converters.table()) : plain;
  }

  private Choices with(ConverterTable converters) {
    Made known = latest.get();
    if (known == null || known.by != converters) {
      known = new Made(converters, made(converters));
      latest = new WeakReference<>(known);
    }
    return known.choices;
  }

  private Choices made(ConverterTable converters) {
    boolean concerned = types().anyMatch(parameter -> converters.concerns(parameter.resolved()));
    return concerned
        ? Choices.of(title, overloads.stream().map(one -> one.with(converters)).toList())
        : plain;
  }
}
