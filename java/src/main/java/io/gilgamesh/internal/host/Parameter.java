package io.gilgamesh.internal.host;

import io.gilgamesh.PythonConversionException;
import io.gilgamesh.PythonConverter;
import io.gilgamesh.PythonObject;
import io.gilgamesh.internal.ConverterTable;
import io.gilgamesh.internal.ResolvedType;
import io.gilgamesh.internal.Targets;
import java.io.File;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One parameter of a member: the table of {@code docs/overloads.md}, a column of it. */
final class Parameter {

  private static final Set<Class<?>> MOMENTS =
      Set.of(Instant.class, OffsetDateTime.class, ZonedDateTime.class);

  private final String name;
  private final ResolvedType resolved;
  private final Class<?> type;
  private final Class<?> boxed;
  private final ConverterTable converters;

  Parameter(String name, ResolvedType resolved) {
    this(name, resolved, ConverterTable.EMPTY);
  }

  private Parameter(String name, ResolvedType resolved, ConverterTable converters) {
    this.name = name;
    this.resolved = resolved;
    this.converters = converters;
    type = resolved.raw();
    boxed = Targets.boxed(type);
  }

  String name() {
    return name;
  }

  ResolvedType resolved() {
    return resolved;
  }

  Class<?> type() {
    return type;
  }

  Class<?> boxed() {
    return boxed;
  }

  ConverterTable converters() {
    return converters;
  }

  /** The same with the user's converters, which come first. */
  Parameter with(ConverterTable others) {
    return new Parameter(name, resolved, others);
  }

  /** The parameter that each of the last arguments has, where this is of variable arity. */
  Parameter element() {
    return part(name, resolved.argument(0));
  }

  /** What is wanted of something inside a value. */
  Parameter part(String part, ResolvedType partType) {
    return new Parameter(part, partType, converters);
  }

  // ---- how values fit

  Fit fit(@Nullable Object value) {
    if (value == null) {
      return type.isPrimitive() ? Fit.NONE : Fit.IMPLICIT;
    }
    PythonConverter<?, ?> converter = type.isInstance(value) ? null : converters.ofType(type);
    return converter == null ? naturalFit(value) : Fit.ifConvertible(made -> by(converter, made));
  }

  @SuppressWarnings("unchecked")
  private @Nullable Object by(PythonConverter<?, ?> converter, Object value) {
    Object form = part(name, ResolvedType.of(converter.form())).convert(value);
    try {
      return form == null ? null : ((PythonConverter<Object, Object>) converter).toJava(form);
    } catch (RuntimeException e) {
      throw misfit(value, type, String.valueOf(e.getMessage()));
    }
  }

  private Fit naturalFit(Object value) {
    return switch (ValueKind.of(value)) {
      case INT -> boxed == value.getClass() ? Fit.EXACT : ofInt((Number) value);
      case BIG_INT ->
          type == BigInteger.class
              ? Fit.EXACT
              : NumberFits.ofBigInt((BigInteger) value, type, boxed);
      case FLOAT ->
          boxed == value.getClass() ? Fit.EXACT : NumberFits.ofFloat((Number) value, type, boxed);
      case STR -> ofText((String) value);
      case LIST, SET -> ContainerFits.ofCollection((Collection<?>) value, this);
      case DICT -> ContainerFits.ofDict((Map<?, ?>) value, this);
      case PYTHON -> PythonFits.of((PythonObject) value, this);
      case IMPLEMENTATION -> ImplementationFits.of(value, this);
      default -> ofOther(value);
    };
  }

  private Fit ofInt(Number value) {
    boolean asIs = !(value instanceof Long) && type.isInstance(value);
    return asIs ? Fit.IMPLICIT : NumberFits.ofInt(value, type, boxed);
  }

  private Fit ofText(String value) {
    if (type == String.class) {
      return Fit.EXACT;
    } else if (boxed == Character.class) {
      return value.length() == 1 ? Fit.implicit(text -> ((String) text).charAt(0)) : Fit.NONE;
    } else if (type.isInstance(value)) {
      return Fit.IMPLICIT;
    }
    boolean hasForm = type.isEnum() || type == char[].class || type == URI.class;
    return hasForm ? Fit.ifConvertible(text -> Targets.convert(text, type)) : Fit.NONE;
  }

  /** Values that become few other types, and Java's own objects, which become none. */
  private Fit ofOther(Object value) {
    if (boxed == value.getClass()) {
      return Fit.EXACT;
    } else if (value instanceof BigDecimal decimal) {
      return NumberFits.ofDecimal(decimal, type, boxed);
    } else if (type.isInstance(value)) {
      return Fit.IMPLICIT;
    } else if (value instanceof Class) {
      return ConstructorFits.of(type);
    }
    boolean hasForm =
        (value instanceof byte[] && type == ByteBuffer.class)
            || (value instanceof Path && type == File.class)
            || (MOMENTS.contains(value.getClass()) && MOMENTS.contains(type));
    return hasForm ? Fit.ifConvertible(other -> Targets.convert(other, type)) : Fit.NONE;
  }

  // ---- for the elements of containers

  boolean takesAsIs(@Nullable Object value) {
    Fit fit = fit(value);
    return fit.match() != Match.NONE && fit.conversion() == null;
  }

  /** Makes what the type takes of a value, or throws. */
  @Nullable Object convert(@Nullable Object value) {
    Fit fit = fit(value);
    if (fit.match() == Match.NONE) {
      throw misfit(value, type, "");
    }
    Conversion conversion = fit.conversion();
    return conversion == null || value == null ? value : conversion.of(value);
  }

  /** What a value that cannot be converted is refused by; the call gives it a place. */
  static RuntimeException misfit(@Nullable Object value, Class<?> type, String why) {
    return new Refused(
        CallFailures.describe(value)
            + " cannot become "
            + type.getTypeName()
            + (why.isEmpty() ? "" : ": " + why));
  }

  /** Gives the exception of a value that does not fit its place in an array, or a way into it. */
  static RuntimeException misfitAt(int index, RuntimeException why) {
    String message = String.valueOf(why.getMessage());
    return new Refused("[" + index + (message.startsWith("[") ? "]" : "]: ") + message);
  }

  /** Whether an exception says that a value does not fit. */
  static boolean isMisfit(RuntimeException e) {
    return e instanceof Refused || e instanceof PythonConversionException;
  }

  /** A value does not fit. */
  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    Refused(String message) {
      super(message, null, false, false);
    }
  }

  @Override
  public String toString() {
    return type.getTypeName() + " " + name;
  }
}
