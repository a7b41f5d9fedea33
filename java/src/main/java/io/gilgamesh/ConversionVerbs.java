package io.gilgamesh;

import io.gilgamesh.internal.Calls;
import io.gilgamesh.internal.ContextState;
import io.gilgamesh.internal.CurrentTransaction;
import io.gilgamesh.internal.Exchange;
import io.gilgamesh.internal.Inspect;
import io.gilgamesh.internal.Origin;
import io.gilgamesh.internal.Targets;
import io.gilgamesh.internal.TypeForm;
import io.gilgamesh.internal.Want;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The verbs of {@link PythonObject} that take its value to Java: {@code asX} an exact scalar,
 * {@code toX} a copy.
 */
abstract class ConversionVerbs extends InspectVerbs {

  ConversionVerbs(
      ContextState context,
      long ref,
      @Nullable CurrentTransaction transaction,
      Origin origin,
      @Nullable Object detail) {
    super(context, ref, transaction, origin, detail);
  }

  /**
   * Gives an int, or what has {@code __index__} such as NumPy's integers, as a long.
   *
   * @return the value
   * @throws PythonConversionException if this is no int (a bool is none), or beyond 64 bits
   * @throws IllegalStateException if this handle or the context is closed
   */
  public long asLong() {
    try (Exchange exchange = lease()) {
      return Calls.number(exchange, inspect(exchange, Inspect.ITSELF, Want.LONG));
    }
  }

  /**
   * Gives an int as an int.
   *
   * @return the value
   * @throws PythonConversionException if this is no int (a bool is none), or beyond 32 bits
   * @throws IllegalStateException if this handle or the context is closed
   */
  public int asInt() {
    return Objects.requireNonNull(Targets.convert(asLong(), int.class));
  }

  /**
   * Gives a float, or another number that a double holds exactly, as a double.
   *
   * @return the value
   * @throws PythonConversionException if this is no number (a bool is none), or not exact as a
   *     double
   * @throws IllegalStateException if this handle or the context is closed
   */
  public double asDouble() {
    try (Exchange exchange = lease()) {
      return Calls.real(exchange, inspect(exchange, Inspect.ITSELF, Want.DOUBLE));
    }
  }

  /**
   * Gives a bool as a boolean. For Python's truth of any object see {@link PythonObject#isTrue}.
   *
   * @return the value
   * @throws PythonConversionException if this is no bool
   * @throws IllegalStateException if this handle or the context is closed
   */
  public boolean asBoolean() {
    try (Exchange exchange = lease()) {
      return Calls.truth(exchange, inspect(exchange, Inspect.ITSELF, Want.BOOLEAN));
    }
  }

  /**
   * Gives a str as a String. For Python's text of any object see {@link PythonObject#str}.
   *
   * @return the value, lone surrogates and NUL included
   * @throws PythonConversionException if this is no str
   * @throws IllegalStateException if this handle or the context is closed
   */
  public String asText() {
    try (Exchange exchange = lease()) {
      return Calls.text(exchange, inspect(exchange, Inspect.ITSELF, Want.TEXT));
    }
  }

  /**
   * Gives an int of any size.
   *
   * @return the value
   * @throws PythonConversionException if this is no int (a bool is none)
   * @throws IllegalStateException if this handle or the context is closed
   */
  public BigInteger asBigInteger() {
    return required(BigInteger.class);
  }

  /**
   * Gives the value in its natural Java form: None as null, bool as Boolean, int as Long or
   * BigInteger, float as Double, str as String, bytes and bytearray as byte[], array.array as an
   * array, list as ArrayList, tuple as PythonTuple, set and frozenset as LinkedHashSet, dict as
   * LinkedHashMap. Whatever has no Java form stays a PythonObject, inside containers too.
   *
   * @return a copy of the value
   * @throws PythonConversionException if the value is nested deeper than 1000 levels or contains
   *     itself
   * @throws IllegalStateException if this handle or the context is closed
   */
  public @Nullable Object toJava() {
    try (Exchange exchange = lease()) {
      return Calls.value(
          exchange, inspect(exchange, Inspect.ITSELF, Want.VALUE), Origin.VALUE, null);
    }
  }

  /**
   * Gives the value in the form of a class: the natural one of {@link #toJava}, or another that
   * holds it exactly, such as {@code Integer}, {@code short} or {@code float} for numbers, {@code
   * int[]} or {@code String[]} for a list.
   *
   * @param <T> the form
   * @param target the class of the form; {@code PythonObject} gives another handle
   * @return the value, null for None
   * @throws PythonConversionException if the value has no such form
   * @throws IllegalStateException if this handle or the context is closed
   */
  public <T> @Nullable T to(Class<T> target) {
    TypeForm<T> form = TypeForm.of(context, target);
    try (Exchange exchange = lease()) {
      long result = inspect(exchange, Inspect.ITSELF, form.want());
      return Calls.to(exchange, result, form, Origin.VALUE, null);
    }
  }

  /**
   * Gives the value in the form of a type with parameters, such as {@code new
   * TypeRef<List<Point>>() {}} where {@code Point} is a record. A record is made of a dict, of an
   * object with attributes of the components' names (a dataclass), or of a tuple with as many
   * elements. All that does not fit is told at once, each with its place.
   *
   * @param <T> the type
   * @param target the type
   * @return the value, null for None
   * @throws PythonConversionException if the value has no such form
   * @throws IllegalStateException if this handle or the context is closed
   */
  public <T> @Nullable T to(TypeRef<T> target) {
    TypeForm<T> form = TypeForm.of(context, target);
    try (Exchange exchange = lease()) {
      long result = inspect(exchange, Inspect.ITSELF, form.want());
      return Calls.to(exchange, result, form, Origin.VALUE, null);
    }
  }

  /**
   * Copies whatever Python can iterate into a list: the elements of a list, tuple, set or array, a
   * dict's keys, a str's characters, what is left of a generator.
   *
   * @return the elements in their natural Java forms, in a list of its own
   * @throws PythonException if this cannot be iterated, or iterating raises
   * @throws PythonConversionException if an element cannot be converted
   * @throws IllegalStateException if this handle or the context is closed
   */
  @SuppressWarnings("unchecked")
  public List<@Nullable Object> toList() {
    return (List<@Nullable Object>) collected(Inspect.LIST);
  }

  /**
   * Copies the distinct elements of whatever Python can iterate into a set.
   *
   * @return the elements in their natural Java forms, in Python's order, in a set of its own
   * @throws PythonException if this cannot be iterated, iterating raises, or an element cannot be
   *     hashed
   * @throws PythonConversionException if an element cannot be converted
   * @throws IllegalStateException if this handle or the context is closed
   */
  @SuppressWarnings("unchecked")
  public Set<@Nullable Object> toSet() {
    return (Set<@Nullable Object>) collected(Inspect.SET);
  }

  /**
   * Copies a dict.
   *
   * @return keys and values in their natural Java forms, in the dict's order, in a map of its own
   * @throws PythonConversionException if this is no dict, or an element cannot be converted
   * @throws IllegalStateException if this handle or the context is closed
   */
  @SuppressWarnings("unchecked")
  public Map<@Nullable Object, @Nullable Object> toMap() {
    return required(Map.class);
  }

  /**
   * Copies bytes or a bytearray.
   *
   * @return the bytes
   * @throws PythonConversionException if this is neither
   * @throws IllegalStateException if this handle or the context is closed
   */
  public byte[] toBytes() {
    return required(byte[].class);
  }

  /**
   * Copies ints: an array of 64-bit ones as a block, else the elements of what Python can iterate.
   *
   * @return the values
   * @throws PythonConversionException if this cannot be iterated, or an element is no int of 64
   *     bits
   * @throws IllegalStateException if this handle or the context is closed
   */
  public long[] toLongArray() {
    return required(long[].class);
  }

  /**
   * Copies floats: an array of doubles as a block, else the elements of what Python can iterate.
   *
   * @return the values
   * @throws PythonConversionException if this cannot be iterated, or an element is not exact as a
   *     double
   * @throws IllegalStateException if this handle or the context is closed
   */
  public double[] toDoubleArray() {
    return required(double[].class);
  }

  /**
   * Copies columns in one crossing: a dict of lists, tuples or arrays, a list of dicts (a dict a
   * row; what a row lacks is null), a pandas DataFrame or a NumPy array with named fields. Columns
   * of numbers cross as blocks. Ints of 64 bits become {@code long[]}, floats, and ints among them
   * that a double holds, {@code double[]}, bools {@code boolean[]}, strs with or without None
   * {@code String[]}; the arrays of Python, NumPy and pandas keep their width, 8-bit and unsigned
   * ones in the next wider. A column of anything else, ints with None for one, holds values. Of a
   * DataFrame's index the levels that have names become columns, the first ones.
   *
   * @return a table of its own
   * @throws PythonConversionException if this is none of these, a column is not named by a str or
   *     named twice, the columns' lengths differ, a value cannot be converted, or all is more than
   *     2 GB
   * @throws IllegalStateException if this handle or the context is closed
   */
  public PythonTable toTable() {
    return required(PythonTable.class);
  }

  private <T> T required(Class<T> target) {
    T value = to(target);
    if (value == null) {
      throw new PythonConversionException("", "None cannot become " + target.getTypeName());
    }
    return value;
  }

  /** What this object iterates, in a container that Python makes. */
  private Object collected(int what) {
    try (Exchange exchange = lease()) {
      long result = inspect(exchange, what, Want.VALUE);
      return Objects.requireNonNull(
          Calls.value(exchange, result, Origin.VALUE, null), "a container is no None");
    }
  }
}
