package io.gilgamesh.internal.host;

import io.gilgamesh.internal.host.ClassMembers.FieldGroups;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A class in natural values: maps, lists, texts and numbers that cross to Python. */
final class Description {

  private final HostClass host;
  private final Class<?> type;
  private final ClassMembers members;

  Description(HostClass host) {
    this.host = host;
    type = host.type();
    members = host.members();
  }

  Map<String, @Nullable Object> made() {
    Map<String, @Nullable Object> made = new LinkedHashMap<>();
    addIdentity(made);
    HostClass above = host.superclass();
    made.put("super", above == null ? null : (long) above.number());
    made.put("interfaces", interfaces());
    made.put("kind", kind());
    made.put("abstract", Modifier.isAbstract(type.getModifiers()) && !type.isArray());
    made.put("doc", Declarations.of(type));
    made.put("constructor", number(members.constructor()));
    made.put("constructor_leaves", leaves(JdkLeaves.CONSTRUCTOR, members.constructor()));
    made.put("constructor_signatures", constructors());
    made.put("methods", methods());
    made.put("fields", members.fields().stream().map(Description::field).toList());
    made.put("properties", properties());
    made.put("function", number(members.function()));
    made.put("nested", nested());
    made.put("constants", constants());
    made.put("protocols", HostProtocols.of(type, host.rules()));
    return made;
  }

  private void addIdentity(Map<String, @Nullable Object> made) {
    String name = ClassNames.of(type);
    String module = type.isArray() ? "" : type.getPackageName();
    made.put("name", name);
    made.put("module", module);
    made.put("qualname", qualname(name, module));
    made.put("number", (long) host.number());
  }

  /** Classes without a canonical name, such as a lambda's, keep what follows their package. */
  private String qualname(String name, String module) {
    String canonical = type.isArray() ? null : ClassNames.canonical(type);
    String whole = canonical == null ? name : canonical;
    return module.isEmpty() ? whole : whole.substring(module.length() + 1);
  }

  private List<Long> interfaces() {
    return Supertypes.interfaces(type).stream()
        .map(above -> (long) host.sibling(above).number())
        .toList();
  }

  private String kind() {
    if (type.isArray()) {
      return "array";
    } else if (type.isAnnotation()) {
      return "annotation";
    } else if (type.isInterface()) {
      return "interface";
    } else if (Enum.class.isAssignableFrom(type) && type != Enum.class) {
      return "enum";
    } else if (type.isRecord()) {
      return "record";
    }
    return Throwable.class.isAssignableFrom(type) ? "throwable" : "class";
  }

  private static @Nullable Long number(@Nullable MemberGroup group) {
    return group == null ? null : (long) group.number();
  }

  // ---- members

  private List<Map<String, @Nullable Object>> methods() {
    List<Map<String, @Nullable Object>> all = new ArrayList<>();
    members.ownMethods().forEach((name, group) -> all.add(method(name, group)));
    return all;
  }

  private Map<String, @Nullable Object> method(String name, MemberGroup group) {
    Map<String, @Nullable Object> made = new LinkedHashMap<>();
    made.put("name", name);
    made.put("number", (long) group.number());
    made.put("static", group.isStatic());
    made.put("leaves", leaves(name, group));
    made.put("signatures", signatures(group));
    return made;
  }

  private @Nullable List<Long> leaves(String name, @Nullable MemberGroup group) {
    if (group == null || group.overloads().stream().anyMatch(one -> one.refusal() != null)) {
      return null;
    }
    List<Leaf> ofJdk = JdkLeaves.of(type, name);
    return Leaf.describe(ofJdk.isEmpty() ? group.leaves() : ofJdk, host.number());
  }

  /** To the reader a constructor is neither static nor a method that returns something. */
  private List<Map<String, @Nullable Object>> constructors() {
    List<Map<String, @Nullable Object>> all = new ArrayList<>();
    for (Map<String, Object> signature : signatures(members.constructor())) {
      Map<String, @Nullable Object> made = new LinkedHashMap<>(signature);
      made.put("returns", null);
      made.put("static", false);
      all.add(made);
    }
    return all;
  }

  private static List<Map<String, Object>> signatures(@Nullable MemberGroup group) {
    return group == null
        ? List.of()
        : group.overloads().stream().map(Description::signature).toList();
  }

  private static Map<String, Object> signature(Overload overload) {
    Map<String, Object> made = new LinkedHashMap<>();
    made.put(
        "parameters",
        overload.parameters().stream()
            .map(parameter -> List.of(parameter.name(), parameter.type().getTypeName()))
            .toList());
    made.put("returns", overload.shape().returns().getTypeName());
    made.put("varargs", overload.shape().varargs());
    made.put("static", overload.isStatic());
    return made;
  }

  private static Map<String, @Nullable Object> field(FieldGroups field) {
    Map<String, @Nullable Object> made = new LinkedHashMap<>();
    made.put("name", field.name());
    made.put("static", field.isStatic());
    made.put("final", field.setter() == null);
    made.put("type", field.type().getTypeName());
    made.put("getter", (long) field.getter().number());
    made.put("setter", number(field.setter()));
    return made;
  }

  /** Those that the superclass has not, or has with other methods. */
  private List<Map<String, @Nullable Object>> properties() {
    HostClass above = host.superclass();
    Map<String, Beans.Property> inherited =
        above == null ? Map.of() : Beans.of(above.members().methods());
    List<Map<String, @Nullable Object>> all = new ArrayList<>();
    Beans.of(members.methods())
        .forEach(
            (name, property) -> {
              if (!property.equals(inherited.get(name)) && !isTaken(name)) {
                all.add(property(name, property));
              }
            });
    return all;
  }

  private boolean isTaken(String name) {
    boolean taken = members.method(name) != null || nested().containsKey(name);
    for (HostClass next = host; next != null && !taken; next = next.superclass()) {
      taken = next.members().fields().stream().anyMatch(field -> field.name().equals(name));
    }
    return taken;
  }

  private static Map<String, @Nullable Object> property(String name, Beans.Property property) {
    Map<String, @Nullable Object> made = new LinkedHashMap<>();
    made.put("name", name);
    made.put("type", property.type().getTypeName());
    made.put("getter", (long) property.getter().number());
    made.put("setter", number(property.setter()));
    return made;
  }

  // ---- nested classes and constants

  private Map<String, String> nested() {
    Map<String, String> all = new LinkedHashMap<>();
    try {
      for (Class<?> inner : Members.isOpen(type) ? type.getDeclaredClasses() : new Class<?>[0]) {
        if (Members.isOpen(inner)) {
          all.put(inner.getSimpleName(), inner.getName());
        }
      }
    } catch (LinkageError e) {
      return all; // one of them is not there
    }
    return all;
  }

  private List<String> constants() {
    return type.isEnum()
        ? members.fields().stream().map(FieldGroups::name).filter(name -> isConstant(name)).toList()
        : List.of();
  }

  private boolean isConstant(String name) {
    try {
      return type.getDeclaredField(name).isEnumConstant();
    } catch (NoSuchFieldException e) {
      return false;
    }
  }
}
