package io.gilgamesh.internal.facade;

import io.gilgamesh.PythonKeyword;
import io.gilgamesh.PythonKwargs;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the parameters of a method become the arguments of a Python call. */
final class ArgumentPlan {

  private static final @Nullable Object[] NO_ARGUMENTS = {};

  /** What becomes of each parameter, null where all are passed as they stand. */
  private final Kind @Nullable [] kinds;

  private final List<String> keywords;
  private final int positional;

  private enum Kind {
    POSITIONAL,
    KEYWORD,
    KEYWORDS,
    SPREAD
  }

  private ArgumentPlan(Kind[] kinds, List<String> keywords) {
    int plain = 0;
    for (Kind kind : kinds) {
      plain += kind == Kind.POSITIONAL ? 1 : 0;
    }
    this.kinds = plain == kinds.length ? null : kinds;
    this.keywords = keywords;
    this.positional = plain;
    this.open = has(kinds, Kind.SPREAD) || has(kinds, Kind.KEYWORDS);
  }

  private final boolean open;

  private static boolean has(Kind[] kinds, Kind wanted) {
    return List.of(kinds).contains(wanted);
  }

  static ArgumentPlan of(Method method) {
    Parameter[] parameters = method.getParameters();
    Kind[] kinds = new Kind[parameters.length];
    List<String> keywords = new ArrayList<>();
    for (int i = 0; i < kinds.length; i++) {
      PythonKeyword keyword = parameters[i].getAnnotation(PythonKeyword.class);
      if (keyword != null) {
        keywords.add(keyword.value());
      }
      kinds[i] = kind(parameters[i], keyword);
    }
    return new ArgumentPlan(kinds, List.copyOf(keywords));
  }

  private static Kind kind(Parameter parameter, @Nullable PythonKeyword keyword) {
    if (keyword != null) {
      return Kind.KEYWORD;
    } else if (parameter.getType() == PythonKwargs.class) {
      return Kind.KEYWORDS;
    }
    return parameter.isVarArgs() ? Kind.SPREAD : Kind.POSITIONAL;
  }

  /** How many positional arguments there are at least. */
  int positional() {
    return positional;
  }

  List<String> keywords() {
    return keywords;
  }

  /** Whether a call may have more arguments than the method's parameters tell. */
  boolean isOpen() {
    return open;
  }

  /** Makes the arguments of a Python call, keywords last. */
  @Nullable Object[] arguments(@Nullable Object @Nullable [] given) {
    if (given == null) {
      return NO_ARGUMENTS;
    }
    return kinds == null ? given : arranged(given, kinds);
  }

  private @Nullable Object[] arranged(@Nullable Object[] given, Kind[] kinds) {
    List<@Nullable Object> arranged = new ArrayList<>();
    Map<String, @Nullable Object> named = new LinkedHashMap<>();
    List<PythonKwargs> more = new ArrayList<>();
    for (int i = 0; i < kinds.length; i++) {
      switch (kinds[i]) {
        case POSITIONAL -> arranged.add(given[i]);
        case KEYWORD -> named.put(keywords.get(named.size()), given[i]);
        case KEYWORDS -> addTo(more, given[i]);
        case SPREAD -> spread(arranged, given[i]);
      }
    }
    arranged.add(PythonKwargs.of(named));
    arranged.addAll(more);
    return arranged.toArray();
  }

  private static void addTo(List<PythonKwargs> more, @Nullable Object kwargs) {
    if (kwargs instanceof PythonKwargs given) {
      more.add(given);
    }
  }

  /** No array at all is what {@code f(null)} makes of its one argument. */
  private static void spread(List<@Nullable Object> arranged, @Nullable Object array) {
    if (array == null) {
      arranged.add(null);
      return;
    }
    for (int i = 0; i < Array.getLength(array); i++) {
      arranged.add(Array.get(array, i));
    }
  }
}
