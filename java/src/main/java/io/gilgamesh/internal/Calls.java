package io.gilgamesh.internal;

import io.gilgamesh.PythonObject;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What follows a native call: its result in the wanted form, or the exception. The first argument
 * is the exchange of the call, still leased; the second is what the native returned.
 */
public final class Calls {

  private Calls() {}

  /**
   * Checks the result of a verb that gives a number, a ref or nothing.
   *
   * @param exchange the call's exchange
   * @param result what the native returned
   * @return the result
   */
  public static long number(Exchange exchange, long result) {
    return result != Exchange.FAILED ? result : failedNumber(exchange);
  }

  /**
   * Checks and decodes a double.
   *
   * @param exchange the call's exchange
   * @param result what the native returned
   * @return the double whose bits the result is
   */
  public static double real(Exchange exchange, long result) {
    return Double.longBitsToDouble(number(exchange, result));
  }

  /**
   * Checks and decodes a boolean.
   *
   * @param exchange the call's exchange
   * @param result what the native returned
   * @return whether the result is not 0
   */
  public static boolean truth(Exchange exchange, long result) {
    return number(exchange, result) != 0;
  }

  /**
   * Checks a ref and makes its object.
   *
   * @param exchange the call's exchange
   * @param result what the native returned
   * @param origin which verb gave it
   * @param detail the verb's name or key
   * @return a new object
   */
  public static PythonObject object(
      Exchange exchange, long result, Origin origin, @Nullable Object detail) {
    long ref = number(exchange, result);
    ContextState context =
        Objects.requireNonNull(exchange.context(), "calls that give objects have a context");
    return ApiBridge.get().object(context, ref, exchange.transaction, origin, detail);
  }

  /**
   * Checks and decodes a value.
   *
   * @param exchange the call's exchange
   * @param result what the native returned
   * @param origin which verb gave it, for the handles in it
   * @param detail the verb's name or key
   * @return the value
   */
  public static @Nullable Object value(
      Exchange exchange, long result, Origin origin, @Nullable Object detail) {
    if (result != Exchange.FAILED) {
      return ValueDecoder.readReply(
          reader(exchange, exchange.buffer, Exchange.PAYLOAD, origin, detail));
    }
    return overflowed(exchange, origin, detail, ValueDecoder::readReply);
  }

  /**
   * Checks and decodes a value in the form of a type.
   *
   * @param <T> the type
   * @param exchange the call's exchange
   * @param result what the native returned for the form's want
   * @param form the form
   * @param origin which verb gave it
   * @param detail the verb's name or key
   * @return the value in this form
   */
  @SuppressWarnings("unchecked")
  public static <T> @Nullable T to(
      Exchange exchange, long result, TypeForm<T> form, Origin origin, @Nullable Object detail) {
    if (form.want() == Want.OBJECT) {
      return (T) object(exchange, result, origin, detail);
    } else if (result != Exchange.FAILED) {
      return form.read(reader(exchange, exchange.buffer, Exchange.PAYLOAD, origin, detail));
    }
    return overflowed(exchange, origin, detail, form::read);
  }

  /**
   * Checks and decodes a text.
   *
   * @param exchange the call's exchange
   * @param result what the native returned
   * @return the text
   */
  public static String text(Exchange exchange, long result) {
    return (String)
        Objects.requireNonNull(value(exchange, result, Origin.VALUE, null), "a reply of want TEXT");
  }

  /**
   * Checks a batch of an iterator.
   *
   * @param exchange the call's exchange
   * @param result what the native returned
   * @param batches what the elements are
   * @param first whether the iterator itself follows where there may be more
   * @return the batch
   */
  static Batch batch(Exchange exchange, long result, Batches batches, boolean first) {
    if (result != Exchange.FAILED) {
      return Batch.read(
          reader(exchange, exchange.buffer, Exchange.PAYLOAD, Origin.ELEMENT, null),
          batches,
          first);
    }
    return Objects.requireNonNull(
        overflowed(exchange, Origin.ELEMENT, null, from -> Batch.read(from, batches, first)));
  }

  /**
   * Checks a batch of rows.
   *
   * @param <T> the results' type
   * @param exchange the call's exchange
   * @param result what the native returned
   * @param form the results' form
   * @return the results
   */
  public static <T> MappedRows<T> rows(Exchange exchange, long result, TypeForm<T> form) {
    if (result != Exchange.FAILED) {
      Reader from = reader(exchange, exchange.buffer, Exchange.PAYLOAD, Origin.VALUE, null);
      return MappedRows.read(from, form);
    }
    return Objects.requireNonNull(
        overflowed(exchange, Origin.VALUE, null, from -> MappedRows.read(from, form)));
  }

  /**
   * Checks the result of a job.
   *
   * @param exchange the call's exchange
   * @param result what the native returned
   * @param parts what the parts of the result shall be
   * @return the parts
   */
  static List<@Nullable Object> parts(Exchange exchange, long result, List<Jobs.Part> parts) {
    if (result != Exchange.FAILED) {
      return Jobs.Part.read(
          reader(exchange, exchange.buffer, Exchange.PAYLOAD, Origin.VALUE, null), parts);
    }
    return Objects.requireNonNull(
        overflowed(exchange, Origin.VALUE, null, from -> Jobs.Part.read(from, parts)));
  }

  /** Reads the request of a call from Python, from the core's block where it did not fit. */
  static <T extends @Nullable Object> T request(Exchange exchange, Function<Reader, T> decoder) {
    if (exchange.takeStatus() == Exchange.STATUS_OVERFLOW) {
      return fromBlock(exchange, Origin.ARGUMENT, null, decoder);
    }
    return decoder.apply(
        reader(exchange, exchange.buffer, Exchange.PAYLOAD, Origin.ARGUMENT, null));
  }

  /** Forgets a failure, where there is nobody to tell. */
  static void ignore(Exchange exchange, long result) {
    if (result == Exchange.FAILED) {
      exchange.takeStatus();
    }
  }

  private static Reader reader(
      Exchange exchange, ByteBuffer buffer, int position, Origin origin, @Nullable Object detail) {
    return new Reader(exchange, buffer, position, origin, detail);
  }

  // ---- failures

  private static long failedNumber(Exchange exchange) {
    int status = exchange.takeStatus();
    if (status == Exchange.STATUS_OK) {
      return Exchange.FAILED; // the value is this very number
    }
    throw failure(exchange, status);
  }

  private static <T> @Nullable T overflowed(
      Exchange exchange,
      Origin origin,
      @Nullable Object detail,
      Function<Reader, @Nullable T> decoder) {
    int status = exchange.takeStatus();
    if (status != Exchange.STATUS_OVERFLOW || exchange.overflowIsError()) {
      throw failure(exchange, status);
    }
    return fromBlock(exchange, origin, detail, decoder);
  }

  private static RuntimeException failure(Exchange exchange, int status) {
    if (status == Exchange.STATUS_OVERFLOW) {
      return Objects.requireNonNull(
          fromBlock(exchange, Origin.EXCEPTION, null, ErrorRecords::read));
    }
    return ErrorRecords.read(
        reader(exchange, exchange.buffer, Exchange.PAYLOAD, Origin.EXCEPTION, null));
  }

  /** Decodes a reply that did not fit, from the core's block, and gives the block back. */
  private static <T extends @Nullable Object> T fromBlock(
      Exchange exchange, Origin origin, @Nullable Object detail, Function<Reader, T> decoder) {
    long address = exchange.blockAddress();
    long length = exchange.blockLength();
    try {
      if (length > Integer.MAX_VALUE) {
        throw ApiBridge.get()
            .conversion("", "the value takes more than 2 GB in transit; take it in parts");
      }
      ByteBuffer block = BufferNatives.view(address, length).order(ByteOrder.nativeOrder());
      return decoder.apply(reader(exchange, block, 0, origin, detail));
    } finally {
      BufferNatives.free(address, length);
    }
  }
}
