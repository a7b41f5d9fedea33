package io.gilgamesh.internal;

import io.gilgamesh.PythonObject;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads a handle, and makes the Java object of an interface that is that Python object. */
final class FacadeReader extends TypeReader {

  /** Classes of natural values: an interface of one of them is asked for to get a value. */
  private static final List<Class<?>> VALUES =
      List.of(
          String.class,
          Long.class,
          BigInteger.class,
          Double.class,
          BigDecimal.class,
          ArrayList.class,
          LinkedHashSet.class,
          LinkedHashMap.class,
          Path.class,
          LocalDate.class,
          LocalTime.class,
          LocalDateTime.class,
          OffsetTime.class,
          OffsetDateTime.class,
          ZonedDateTime.class,
          Duration.class,
          Period.class);

  private final ResolvedType type;
  private final Function<PythonObject, Object> maker;

  FacadeReader(ResolvedType type) {
    this.type = type;
    this.maker = ApiBridge.get().facade(type);
  }

  /** Whether a type is an interface that no natural value has, and that is open to proxies. */
  static boolean is(Class<?> type) {
    return type.isInterface()
        && !type.isSealed()
        && !type.isAnnotation()
        && VALUES.stream().noneMatch(type::isAssignableFrom);
  }

  @Override
  void describe(ShapeDefinition shape) {
    shape.node(isRaw() ? ShapeDefinition.INTERFACE : ShapeDefinition.HANDLE);
  }

  /** Whether no results have to be converted, so that an object that implements the type is it. */
  private boolean isRaw() {
    return type.arguments().isEmpty();
  }

  @Override
  @Nullable Object read(Reader from) {
    return of(ValueDecoder.read(from));
  }

  @Override
  @Nullable Object of(@Nullable Object value) {
    if (value == null || (value instanceof PythonObject none && none.isNone())) {
      return null;
    } else if (value instanceof PythonObject object) {
      return maker.apply(object);
    }
    LiveView view = LiveView.of(value);
    if (view != null) {
      boolean asIs = isRaw() && type.raw().isInstance(value);
      return asIs ? value : maker.apply(view.object().keep());
    }
    throw new Misfit(Targets.describe(value) + " cannot become " + type);
  }
}
