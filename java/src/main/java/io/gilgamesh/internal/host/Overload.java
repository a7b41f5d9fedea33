package io.gilgamesh.internal.host;

import io.gilgamesh.internal.ConverterTable;
import io.gilgamesh.internal.ResolvedType;
import io.gilgamesh.internal.host.Fit.Certainty;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** One way to call a member: a method, a constructor, the getter or setter of a field. */
final class Overload {

  /** Finds the handle when it is first called: most members of a class never are. */
  @FunctionalInterface
  interface HandleSource {
    MethodHandle find() throws IllegalAccessException;
  }

  /**
   * What an overload looks like.
   *
   * @param name as scripts and messages know it
   * @param parameters without the target
   * @param returns what it gives
   * @param isStatic whether it needs no target
   * @param varargs whether the last parameter takes any number of arguments
   * @param named whether the names of the parameters are known
   */
  record Shape(
      String name,
      List<Parameter> parameters,
      Class<?> returns,
      boolean isStatic,
      boolean varargs,
      boolean named) {

    private Shape with(ConverterTable converters) {
      List<Parameter> all = parameters.stream().map(one -> one.with(converters)).toList();
      return new Shape(name, all, returns, isStatic, varargs, named);
    }
  }

  private final Shape shape;
  private final @Nullable Member member;
  private final HandleSource source;
  private final @Nullable HostCallException refusal;
  private final @Nullable Overload origin;
  private volatile @Nullable Invoker invoker;

  Overload(
      Shape shape,
      @Nullable Member member,
      HandleSource source,
      @Nullable HostCallException refusal) {
    this.shape = shape;
    this.member = member;
    this.source = source;
    this.refusal = refusal;
    origin = null;
  }

  private Overload(Overload origin, Shape shape) {
    this.shape = shape;
    this.origin = origin;
    member = origin.member;
    source = origin.source;
    refusal = origin.refusal;
  }

  /** The same for arguments that go through the user's converters. */
  Overload with(ConverterTable converters) {
    return new Overload(this, shape.with(converters));
  }

  Shape shape() {
    return shape;
  }

  /** The method, constructor or field; null where there is none. */
  @Nullable Member member() {
    return member;
  }

  List<Parameter> parameters() {
    return shape.parameters;
  }

  boolean isStatic() {
    return shape.isStatic;
  }

  /** What scripts are told that call it all the same; null where they may. */
  @Nullable HostCallException refusal() {
    return refusal;
  }

  /** Whether a call of the other is a call of this: an instance method that it overrides. */
  boolean isInherited(Overload other) {
    boolean virtual = !isStatic() && !other.isStatic();
    return (virtual || Objects.equals(member, other.member))
        && (refusal == null) == (other.refusal == null)
        && shape.returns == other.shape.returns
        && types().equals(other.types());
  }

  private List<Class<?>> types() {
    return shape.parameters.stream().<Class<?>>map(Parameter::type).toList();
  }

  // ---- how arguments fit

  /** Adds how the arguments can be passed: one for one, and the last ones in an array. */
  void addCandidates(@Nullable Object[] values, List<Candidate> to) {
    int count = parameters().size();
    if (values.length == count) {
      addFitting(fixed(values), to);
    }
    if (shape.varargs && values.length >= count - 1) {
      addFitting(Candidate.of(this, true, expanded(values.length), values), to);
    }
  }

  private static void addFitting(@Nullable Candidate candidate, List<Candidate> to) {
    if (candidate != null) {
      to.add(candidate);
    }
  }

  private @Nullable Candidate fixed(@Nullable Object[] values) {
    boolean element = shape.varargs && isElement(values[values.length - 1]);
    return element ? null : Candidate.of(this, false, parameters(), values);
  }

  /** None is no array, and what can be an element is one: as in Java a list, but not an array. */
  private boolean isElement(@Nullable Object last) {
    ValueKind kind = ValueKind.of(last);
    boolean list = kind == ValueKind.LIST || kind == ValueKind.SET;
    return last == null || (list && variable().fit(last).match() != Match.NONE);
  }

  private Parameter variable() {
    return parameters().get(parameters().size() - 1).element();
  }

  private List<Parameter> expanded(int count) {
    List<Parameter> all = new ArrayList<>(parameters().subList(0, parameters().size() - 1));
    Parameter element = variable();
    while (all.size() < count) {
      all.add(element);
    }
    return all;
  }

  /** Whether the key of the arguments tells how they fit. */
  boolean isCertain(@Nullable Object[] values) {
    boolean counts =
        values.length == parameters().size() || (shape.varargs && values.length >= fewest());
    List<Parameter> all = counts && shape.varargs ? expanded(values.length) : parameters();
    for (int i = 0; counts && i < values.length; i++) {
      boolean last = shape.varargs && i >= fewest();
      Fit whole = last ? parameters().get(fewest()).fit(values[i]) : Fit.NONE;
      Certainty certainty = all.get(i).fit(values[i]).certainty();
      if (certainty != Certainty.BY_KEY || whole.certainty() != Certainty.BY_KEY) {
        return false;
      }
    }
    return true;
  }

  /** Says why the arguments do not fit. */
  String misfit(@Nullable Object[] values) {
    int count = parameters().size();
    boolean few = shape.varargs ? values.length < count - 1 : values.length != count;
    if (few) {
      String least = shape.varargs ? "at least " + (count - 1) : String.valueOf(count);
      return "takes " + least + " argument" + (count == 1 ? "" : "s") + ", not " + values.length;
    }
    List<Parameter> all = shape.varargs ? expanded(values.length) : parameters();
    for (int i = 0; i < values.length; i++) {
      Fit fit = all.get(i).fit(values[i]);
      if (fit.match() == Match.NONE || fit.isRefused(values[i])) {
        String type = all.get(i).type().getTypeName();
        return "argument " + (i + 1) + ", " + CallFailures.describe(values[i]) + ", is no " + type;
      }
    }
    return "the arguments do not fit";
  }

  // ---- named arguments

  /**
   * For each parameter the place of its argument among those that are given, of which the last are
   * named; null where these are not the names of the parameters.
   */
  @Nullable List<Integer> order(int positional, List<String> names) {
    int count = positional + names.size();
    if (!shape.named || count < fewest() || count > parameters().size()) {
      return null;
    }
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int named = i < positional ? 0 : place(parameters().get(i).name(), names);
      if (named < 0) {
        return null;
      }
      order.add(i < positional ? i : positional + named);
    }
    return order;
  }

  /** A word of Python's cannot be written as a name: there it ends on an underscore. */
  private static int place(String name, List<String> names) {
    int place = names.indexOf(name);
    return place >= 0 ? place : names.indexOf(name + "_");
  }

  private int fewest() {
    return parameters().size() - (shape.varargs ? 1 : 0);
  }

  // ---- calls

  @Nullable Object invoke(@Nullable Object target, @Nullable Object[] arguments) throws Throwable {
    return invoker().invoke(target, arguments);
  }

  private Invoker invoker() {
    Invoker known = invoker;
    if (known == null) {
      known = origin == null ? new Invoker(handle(), isStatic()) : origin.invoker();
      invoker = known;
    }
    return known;
  }

  /** The handle that calls the member, whose first parameter is the target where there is one. */
  MethodHandle handle() {
    try {
      return source.find();
    } catch (IllegalAccessException e) {
      throw new LinkageError("found to be accessible: " + this, e);
    }
  }

  /** As in Java, without modifiers other than static. */
  @Override
  public String toString() {
    StringJoiner list = new StringJoiner(", ", "(", ")");
    for (Parameter parameter : parameters()) {
      boolean last = shape.varargs && parameter == parameters().get(parameters().size() - 1);
      String type =
          last
              ? parameter.type().getComponentType().getTypeName() + "..."
              : parameter.type().getTypeName();
      list.add(shape.named ? type + " " + parameter.name() : type);
    }
    return (isStatic() ? "static " : "") + shape.returns.getTypeName() + " " + shape.name + list;
  }

  /** A parameter of a type without arguments, for what has no generic declaration. */
  static Parameter parameter(String name, Class<?> type) {
    return new Parameter(name, ResolvedType.of(type));
  }
}
