package io.gilgamesh.internal.host;

import io.gilgamesh.internal.ResolvedType;
import io.gilgamesh.internal.facade.Proxies;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes overloads of reflected members, under the rules of one policy. */
final class Overloads {

  /** Finds what is exported to this module, and members that depend on their caller. */
  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

  private final AccessRules rules;

  Overloads(AccessRules rules) {
    this.rules = rules;
  }

  Overload of(Method method) {
    boolean isStatic = Modifier.isStatic(method.getModifiers());
    Overload.Shape shape = shape(method, method.getName(), method.getReturnType(), isStatic);
    return make(shape, method, () -> LOOKUP.unreflect(opened(method)));
  }

  /** The body of a default method: the object that it runs for is the first argument. */
  Overload ofDefault(Method method) {
    Overload.Shape shape = shape(method, method.getName(), method.getReturnType(), true);
    List<Parameter> parameters = new ArrayList<>(shape.parameters());
    parameters.add(0, Overload.parameter("self", method.getDeclaringClass()));
    Overload.Shape whole =
        new Overload.Shape(
            shape.name(), parameters, shape.returns(), true, shape.varargs(), shape.named());
    return make(whole, method, () -> Proxies.body(method));
  }

  Overload of(Constructor<?> constructor) {
    Class<?> owner = constructor.getDeclaringClass();
    Overload.Shape shape = shape(constructor, ClassNames.simple(owner), owner, true);
    return make(shape, constructor, () -> LOOKUP.unreflectConstructor(opened(constructor)));
  }

  Overload getter(Field field) {
    Overload.Shape shape = fieldShape(field, List.of(), field.getType());
    return make(shape, field, () -> LOOKUP.unreflectGetter(opened(field)));
  }

  Overload setter(Field field) {
    Parameter value = new Parameter("value", resolved(field.getGenericType(), field.getType()));
    Overload.Shape shape = fieldShape(field, List.of(value), void.class);
    return make(shape, field, () -> LOOKUP.unreflectSetter(opened(field)));
  }

  /** What makes arrays of a type, in the place of a constructor. */
  Overload ofArray(Class<?> type) {
    List<Parameter> given = List.of(Overload.parameter("lengthOrElements", Object.class));
    Overload.Shape shape = new Overload.Shape(type.getTypeName(), given, type, true, false, false);
    @Nullable HostCallException refusal = rules.mayLookUp(type) ? null : rules.refusal(type);
    return new Overload(shape, null, () -> NewArrays.maker(type), refusal);
  }

  /** A function of the bridge's own, in the place of a member. */
  static Overload of(String name, Class<?> returns, MethodHandle handle) {
    Overload.Shape shape = new Overload.Shape(name, List.of(), returns, false, false, false);
    return new Overload(shape, null, () -> handle, null);
  }

  private Overload make(Overload.Shape shape, Member member, Overload.HandleSource source) {
    boolean refused = rules.of(member) == AccessRules.Decision.REFUSED;
    @Nullable HostCallException refusal = refused ? rules.refusal(rules.wayTo(member)) : null;
    return new Overload(shape, member, source, refusal);
  }

  private static Overload.Shape fieldShape(
      Field field, List<Parameter> parameters, Class<?> returns) {
    boolean isStatic = Modifier.isStatic(field.getModifiers());
    return new Overload.Shape(field.getName(), parameters, returns, isStatic, false, false);
  }

  private static Overload.Shape shape(
      Executable member, String name, Class<?> returns, boolean isStatic) {
    List<Parameter> parameters = new ArrayList<>();
    Type[] types = genericTypes(member);
    boolean named = true;
    int index = 0;
    for (java.lang.reflect.Parameter declared : member.getParameters()) {
      parameters.add(new Parameter(declared.getName(), resolved(types[index], declared.getType())));
      named &= declared.isNamePresent();
      index++;
    }
    List<String> components = componentNames(member);
    if (!named && !components.isEmpty()) {
      named = true;
      for (int i = 0; i < components.size(); i++) {
        parameters.set(i, new Parameter(components.get(i), parameters.get(i).resolved()));
      }
    }
    return new Overload.Shape(
        name, List.copyOf(parameters), returns, isStatic, member.isVarArgs(), named);
  }

  /** A variable is what the compiler made of it: {@code T extends Number} is Number. */
  private static ResolvedType resolved(Type type, Class<?> erased) {
    ResolvedType resolved = ResolvedType.of(type);
    return resolved.raw() == erased ? resolved : ResolvedType.of(erased);
  }

  /** A record's own constructor has the names of its components, however it was compiled. */
  private static List<String> componentNames(Executable member) {
    Class<?> owner = member.getDeclaringClass();
    if (!(member instanceof Constructor) || !owner.isRecord()) {
      return List.of();
    }
    Class<?>[] types =
        Arrays.stream(owner.getRecordComponents())
            .map(component -> component.getType())
            .toArray(Class<?>[]::new);
    return Arrays.equals(types, member.getParameterTypes())
        ? Arrays.stream(owner.getRecordComponents()).map(part -> part.getName()).toList()
        : List.of();
  }

  /** Inner classes have parameters that their generic declaration does not list. */
  private static Type[] genericTypes(Executable member) {
    Type[] generic = member.getGenericParameterTypes();
    return generic.length == member.getParameterCount() ? generic : member.getParameterTypes();
  }

  /** What is annotated as exported may be closed to us otherwise. */
  private static <M extends AccessibleObject & Member> M opened(M member) {
    boolean isPublic =
        Modifier.isPublic(member.getModifiers()) && Members.isOpen(member.getDeclaringClass());
    if (!isPublic) {
      member.setAccessible(true);
    }
    return member;
  }
}
