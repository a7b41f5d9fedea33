package io.gilgamesh.internal;

import io.gilgamesh.internal.host.HostClass;
import io.gilgamesh.internal.host.MemberGroup;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where Python code enters Java.
 *
 * <p>The core calls {@link #enter}, detached, on whatever thread Python code runs. The request
 * stands in a buffer; the answer overwrites it. Nothing is thrown out of here: what goes wrong is
 * an answer too.
 */
final class Upcalls {

  private static final int CALL = 0;
  private static final int DESCRIBE = 1;
  private static final int FIND_CLASS = 2;
  private static final int MAKE_BUFFER = 3;
  private static final int LEAF = 4;
  private static final int FIND_PACKAGE = 5;
  private static final int CALL_BARE = 6;
  private static final int FORGET_ANSWER = 7;
  private static final int LIST_PACKAGE = 8;
  private static final int SERVE = 9;

  private static final long NOTHING = 0;
  private static final long VALUE = 1;
  private static final long LARGE_VALUE = 2;

  /**
   * Beside a value or a failure: there are handles in it, which the core reads and then says so.
   */
  private static final long HELD = 4;

  private static final @Nullable Object[] NO_ARGUMENTS = {};

  private Upcalls() {}

  /**
   * Does what Python code asks for.
   *
   * @param operation what to do
   * @param number of a member, a class or a buffer to make
   * @param receiver the reference of the object whose member it is, 0 for none
   * @param context the context that handles in the request belong to; the argument of a leaf
   * @param buffer the number of the buffer
   * @return whether there is a value and where, or {@link Exchange#FAILED}
   */
  // Called by the core.
  @SuppressWarnings("unused")
  static long enter(int operation, int number, long receiver, long context, int buffer) {
    UpcallStub.count();
    if (operation == LEAF) {
      return Leaves.call(number, receiver, context);
    } else if (operation == MAKE_BUFFER) {
      return UpcallBuffers.make(number);
    } else if (operation == FORGET_ANSWER) {
      return UpcallBuffers.forget(buffer);
    }
    Exchange exchange = null;
    try {
      exchange = operation == CALL_BARE ? null : exchange(context, buffer);
      Object result = within(exchange, operation, number, receiver);
      if (result == null) {
        return NOTHING;
      }
      exchange = exchange == null ? exchange(context, buffer) : exchange;
      return answer(exchange, operation, result);
    } catch (Throwable thrown) {
      return failed(exchange, thrown, context, buffer);
    }
  }

  private static Exchange exchange(long context, int buffer) {
    return Exchange.ofUpcall(UpcallBuffers.get(buffer), Contexts.numbered(context));
  }

  /** Transactions that are begun in the call end with it. */
  private static @Nullable Object within(
      @Nullable Exchange exchange, int operation, int number, long receiver) throws Throwable {
    ThreadRecord thread = ThreadRecord.own();
    OpenTransaction outerFloor = thread.floor;
    OpenTransaction open = thread.open();
    thread.floor = open;
    try {
      // Without arguments there is nothing to read.
      return exchange == null
          ? callBare(number, receiver)
          : run(exchange, operation, number, receiver);
    } finally {
      if (thread.open() != open) {
        OpenTransaction.endLeftOpen(thread);
      }
      thread.floor = outerFloor;
    }
  }

  private static @Nullable Object run(Exchange exchange, int operation, int number, long receiver)
      throws Throwable {
    return switch (operation) {
      case CALL -> {
        Arguments arguments = Calls.request(exchange, Arguments::read);
        yield call(number, receiver, arguments, exchange.context());
      }
      case SERVE -> {
        Arguments arguments = Calls.request(exchange, Arguments::read);
        yield Services.call(number, arguments.positional, exchange.context());
      }
      case DESCRIBE -> HostClass.numbered(number).describe();
      case FIND_CLASS -> Hosts.findClass(name(exchange));
      case FIND_PACKAGE -> Hosts.findPackage(name(exchange));
      case LIST_PACKAGE -> Hosts.listPackage(name(exchange));
      default -> throw new IllegalStateException("no operation " + operation + " is known");
    };
  }

  private static String name(Exchange exchange) {
    return Parameters.required(Calls.request(exchange, ValueDecoder::readText), "name");
  }

  private static @Nullable Object callBare(int number, long receiver) throws Throwable {
    return MemberGroup.numbered(number).call(target(receiver), NO_ARGUMENTS, Map.of(), null);
  }

  private static @Nullable Object call(
      int number, long receiver, Arguments arguments, @Nullable ContextState context)
      throws Throwable {
    return MemberGroup.numbered(number)
        .call(
            target(receiver),
            arguments.positional,
            arguments.named,
            context == null ? null : context.converters());
  }

  private static @Nullable Object target(long receiver) {
    return receiver == 0 ? null : HostTable.get(receiver);
  }

  /** What a member is called with. */
  private static final class Arguments {

    final @Nullable Object[] positional;
    final Map<String, @Nullable Object> named;

    private Arguments(@Nullable Object[] positional, Map<String, @Nullable Object> named) {
      this.positional = positional;
      this.named = named;
    }

    static Arguments read(Reader from) {
      int count = from.readInt();
      int names = from.readInt();
      @Nullable Object[] positional = count == 0 ? NO_ARGUMENTS : new Object[count];
      for (int i = 0; i < count; i++) {
        positional[i] = ValueDecoder.read(from);
      }
      return new Arguments(positional, names == 0 ? Map.of() : readNamed(from, names));
    }

    private static Map<String, @Nullable Object> readNamed(Reader from, int count) {
      // In the order of the call, by which a choice is found again.
      Map<String, @Nullable Object> named = new LinkedHashMap<>();
      for (int i = 0; i < count; i++) {
        String name = ValueDecoder.readText(from);
        named.put(String.valueOf(name), ValueDecoder.read(from));
      }
      return named;
    }
  }

  // ---- answers

  private static long answer(Exchange exchange, int operation, Object result) {
    exchange.beginAnswer();
    if (operation == CALL || operation == CALL_BARE) {
      HostForms.writeResult(exchange, result);
    } else {
      ValueEncoder.write(exchange, result, 0);
    }
    return (exchange.endAnswer() ? VALUE : LARGE_VALUE) | held(exchange);
  }

  private static long failed(@Nullable Exchange begun, Throwable thrown, long context, int buffer) {
    try {
      Exchange exchange = begun == null ? exchange(context, buffer) : begun;
      UpcallFailures.tell(exchange, thrown);
      exchange.endFailure();
      return Exchange.FAILED | held(exchange);
    } catch (Throwable second) {
      return Exchange.FAILED; // the core says that nobody could say why
    }
  }

  private static long held(Exchange exchange) {
    return exchange.keepAnswer() ? HELD : 0;
  }
}
