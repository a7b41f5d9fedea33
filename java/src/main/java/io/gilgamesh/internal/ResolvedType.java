package io.gilgamesh.internal;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A type without variables and wildcards, compared by value.
 *
 * @param raw the class
 * @param arguments of a generic class; the element of an array; none for a raw type
 */
public record ResolvedType(Class<?> raw, List<ResolvedType> arguments) {

  /** The type of anything. */
  public static final ResolvedType OBJECT = new ResolvedType(Object.class, List.of());

  /**
   * Resolves a type that stands by itself.
   *
   * @param type the type; variables in it may be anything
   * @return the type without variables
   */
  public static ResolvedType of(Type type) {
    return of(type, Map.of());
  }

  private static ResolvedType of(Type type, Map<String, ResolvedType> variables) {
    if (type instanceof Class<?> known) {
      return ofClass(known);
    } else if (type instanceof ParameterizedType generic) {
      List<ResolvedType> arguments = new ArrayList<>();
      for (Type argument : generic.getActualTypeArguments()) {
        arguments.add(of(argument, variables));
      }
      return new ResolvedType((Class<?>) generic.getRawType(), List.copyOf(arguments));
    } else if (type instanceof WildcardType wildcard) {
      return of(wildcard.getUpperBounds()[0], variables);
    } else if (type instanceof GenericArrayType array) {
      ResolvedType element = of(array.getGenericComponentType(), variables);
      return new ResolvedType(element.raw.arrayType(), List.of(element));
    }
    // A variable: bound by the type around it, or else anything.
    String name = ((TypeVariable<?>) type).getName();
    return variables.getOrDefault(name, OBJECT);
  }

  private static ResolvedType ofClass(Class<?> known) {
    return known.isArray()
        ? new ResolvedType(known, List.of(ofClass(known.getComponentType())))
        : new ResolvedType(known, List.of());
  }

  /**
   * Resolves a type that is written inside this generic one.
   *
   * @param type the type, in which the variables of this class may stand
   * @return the type without variables
   */
  public ResolvedType inside(Type type) {
    Map<String, ResolvedType> variables = new HashMap<>();
    TypeVariable<?>[] parameters = raw.getTypeParameters();
    for (int i = 0; i < parameters.length && i < arguments.size(); i++) {
      variables.put(parameters[i].getName(), arguments.get(i));
    }
    return of(type, variables);
  }

  /**
   * Gives an argument.
   *
   * @param index its place
   * @return the argument, Object for a raw type
   */
  public ResolvedType argument(int index) {
    return index < arguments.size() ? arguments.get(index) : OBJECT;
  }

  /**
   * Gives the class that lives no longer than any other in this type, as far as class loaders tell:
   * the place for what is kept about the type.
   *
   * @return the class whose loader has the most above it
   */
  public Class<?> owner() {
    Class<?> owner = raw;
    for (ResolvedType argument : arguments) {
      Class<?> inner = argument.owner();
      owner = loaders(inner) > loaders(owner) ? inner : owner;
    }
    return owner;
  }

  private static int loaders(Class<?> type) {
    int count = 0;
    for (ClassLoader at = type.getClassLoader(); at != null; at = at.getParent()) {
      count++;
    }
    return count;
  }

  @Override
  public String toString() {
    if (raw.isArray() || arguments.isEmpty()) {
      return raw.getTypeName();
    }
    String inner = String.join(", ", arguments.stream().map(ResolvedType::toString).toList());
    return raw.getTypeName() + "<" + inner + ">";
  }
}
