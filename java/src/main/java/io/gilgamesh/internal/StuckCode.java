package io.gilgamesh.internal;

import io.gilgamesh.PythonFrame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What goes on although it was stopped, in words.
 *
 * @param text what it is in, and where its thread is in Python and in Java
 * @param frames its Python frames, innermost last, as far as they could be had
 */
public record StuckCode(String text, List<PythonFrame> frames) {

  /** How long it may take to get at a Python stack; the GIL may be out of reach. */
  private static final Duration STACK_LIMIT = Duration.ofMillis(100);

  /** Describes what was found to go on. */
  static StuckCode of(RunningCode.Stay stay) {
    return of(stay, stacks(stay.context()));
  }

  private static StuckCode of(RunningCode.Stay stay, Map<Long, List<PythonFrame>> stacks) {
    String state =
        stay.seen()
            ? "its code has caught the interrupt and goes on"
            : "it is stuck in native code, where no interrupt reaches it";
    List<PythonFrame> frames = stacks.get(stay.stay());
    Thread java = find(stay.thread());
    String text = state + inPython(frames) + (java == null ? "" : inJava(java));
    return new StuckCode(text, frames == null ? List.of() : frames);
  }

  /** Describes a thread that does not come to the end of its task. */
  @SuppressWarnings("deprecation") // Thread.threadId() is of a newer JDK
  static StuckCode of(ContextState context, Thread thread) {
    for (RunningCode.Stay stay : RunningCode.in(context)) {
      if (stay.thread() == thread.getId()) {
        return of(stay);
      }
    }
    String state = "it runs no Python of context '" + context.name() + "' at the moment";
    return new StuckCode(state + ", or waits for the GIL" + inJava(thread), List.of());
  }

  /**
   * Describes all that goes on in a context although it was stopped.
   *
   * @param context the context
   * @return the text, null where nothing does
   */
  public static @Nullable String in(ContextState context) {
    List<RunningCode.Stay> stuck = new ArrayList<>(RunningCode.in(context));
    stuck.removeIf(stay -> !stay.isStuck());
    if (stuck.isEmpty()) {
      return null;
    }
    Map<Long, List<PythonFrame>> stacks = stacks(context);
    List<String> lines = new ArrayList<>();
    for (RunningCode.Stay stay : stuck) {
      lines.add(name(stay) + ": " + stay.reason() + ", and " + of(stay, stacks).text());
    }
    return String.join("\n", lines);
  }

  /** Names the thread. */
  static String name(RunningCode.Stay stay) {
    Thread found = find(stay.thread());
    return found == null ? "a thread that Java does not list" : Threads.name(found);
  }

  @SuppressWarnings("deprecation") // Thread.threadId() is of a newer JDK
  private static @Nullable Thread find(long id) {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getId() == id) {
        return thread;
      }
    }
    return null;
  }

  private static String inPython(@Nullable List<PythonFrame> frames) {
    if (frames == null) {
      return ". Where it is in Python is not known: the code holds the GIL";
    }
    StringBuilder text = new StringBuilder(". In Python it is at");
    for (int i = frames.size() - 1; i >= 0; i--) {
      PythonFrame frame = frames.get(i);
      text.append("\n\tat ").append(frame.function());
      text.append('(').append(frame.file()).append(':').append(frame.line()).append(')');
    }
    return text.toString();
  }

  private static String inJava(Thread thread) {
    return "\nIn Java it is at" + Threads.stack(thread);
  }

  /** Gives the Python frames of each stay; those that cannot be had in time are not there. */
  private static Map<Long, List<PythonFrame>> stacks(ContextState context) {
    FutureTask<Map<Long, List<PythonFrame>>> task = new FutureTask<>(() -> read(context));
    Thread reader = new Thread(null, task, "gilgamesh-stacks", 0, false);
    reader.setDaemon(true);
    reader.start();
    try {
      return task.get(STACK_LIMIT.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Map.of();
    } catch (TimeoutException | ExecutionException e) {
      return Map.of(); // what is told beside is worth no exception of its own
    }
  }

  private static Map<Long, List<PythonFrame>> read(ContextState context) {
    List<?> parts;
    try (Exchange exchange = Exchange.lease(null)) {
      long result = StopNatives.stacks(context.id(), exchange.address());
      parts = RunningCode.list(Calls.value(exchange, result, Origin.VALUE, null));
    }
    Map<Long, List<PythonFrame>> stacks = new HashMap<>();
    for (int i = 0; i < parts.size(); i += 2) {
      stacks.put(RunningCode.number(parts.get(i)), frames(RunningCode.list(parts.get(i + 1))));
    }
    return stacks;
  }

  private static List<PythonFrame> frames(List<?> parts) {
    List<PythonFrame> frames = new ArrayList<>(parts.size() / 3);
    for (int i = 0; i < parts.size(); i += 3) {
      String file = String.valueOf(parts.get(i));
      String function = String.valueOf(parts.get(i + 1));
      frames.add(new PythonFrame(file, function, (int) RunningCode.number(parts.get(i + 2))));
    }
    return frames;
  }
}
