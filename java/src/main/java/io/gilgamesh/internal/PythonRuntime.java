package io.gilgamesh.internal;

import io.gilgamesh.HostAccess;
import io.gilgamesh.PythonConfig;
import io.gilgamesh.PythonStartException;
import io.gilgamesh.internal.find.PythonFinder;
import io.gilgamesh.internal.find.PythonInstallation;
import io.gilgamesh.internal.host.HostClass;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The one Python of this process, from before its start to the end of the JVM.
 *
 * <p>States: NEW until somebody starts it; STARTING while one thread does, which others wait for;
 * RUNNING; STOPPING and STOPPED at the end of the JVM. A start that failed leaves NEW where nothing
 * of Python was loaded yet, and FAILED for good where it was, because CPython cannot be begun
 * twice. The lock guards the state only: nothing that takes long, and nothing that may call Python,
 * runs under it.
 */
public final class PythonRuntime {

  private static final PythonRuntime INSTANCE = new PythonRuntime();

  /** How far it has come. */
  private enum State {
    NEW,
    STARTING,
    RUNNING,
    STOPPING,
    STOPPED,
    FAILED
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  private State state = State.NEW;
  private @Nullable Thread starter;
  private @Nullable PythonConfig config;
  private @Nullable PythonFacts facts;
  private @Nullable Throwable failure;

  private PythonRuntime() {}

  /**
   * Gives the runtime of this process, started or not.
   *
   * @return the one runtime
   */
  public static PythonRuntime get() {
    return INSTANCE;
  }

  // ---- start

  /**
   * Starts Python, or joins the running one where the configuration is equal.
   *
   * @param wanted the configuration; null joins whichever runs and starts the default one where
   *     none does
   */
  public void start(@Nullable PythonConfig wanted) {
    PythonConfig used = wanted == null ? PythonConfig.defaults() : wanted;
    if (join(wanted)) {
      return;
    }
    try {
      run(used);
    } catch (Throwable e) {
      settle(NativeLibrary.isPythonLoaded() ? State.FAILED : State.NEW, e);
      if (e instanceof PythonStartException refused) {
        throw StackTraces.trimmed(refused);
      }
      throw e;
    }
    settle(State.RUNNING, null);
  }

  /** Whether a Python runs that fits; otherwise it is now the caller's task to start it. */
  private boolean join(@Nullable PythonConfig wanted) {
    lock.lock();
    try {
      awaitStarter();
      if (state != State.NEW) {
        checkJoin(wanted);
        return true;
      }
      state = State.STARTING;
      starter = Thread.currentThread();
      config = wanted == null ? PythonConfig.defaults() : wanted;
      return false;
    } finally {
      lock.unlock();
    }
  }

  private void awaitStarter() {
    while (state == State.STARTING) {
      if (starter == Thread.currentThread()) {
        throw state("Python is being started by this very thread");
      }
      changed.awaitUninterruptibly();
    }
  }

  private void checkJoin(@Nullable PythonConfig wanted) {
    if (state == State.FAILED) {
      throw start(
          "An earlier start failed after Python was loaded, and it cannot be tried again in this"
              + " process: "
              + (failure == null ? "" : failure.getMessage()),
          failure);
    }
    checkRunning();
    PythonConfig running = config;
    if (wanted != null && running != null && !wanted.equals(running)) {
      throw start(
          "Python runs already with another configuration, and a process can hold one Python only: "
              + ConfigDifferences.of(running, wanted)
              + ". A library that takes Python as it runs calls Python.shared()",
          null);
    }
  }

  private static PythonStartException start(String message, @Nullable Throwable cause) {
    return StackTraces.trimmed(new PythonStartException(message, cause));
  }

  private static IllegalStateException state(String message) {
    return StackTraces.trimmed(new IllegalStateException(message));
  }

  private void run(PythonConfig used) {
    Preload.begin();
    // The default is in force already; the classes behind it are needed only once a script meets
    // Java.
    if (!used.hostAccess().equals(HostAccess.DEFAULT)) {
      HostClass.useAccess(used.hostAccess());
    }
    NativeFiles files = NativeFiles.locate();
    PythonInstallation found = PythonFinder.find(used);
    NativeLibrary.load(files, found.library());
    ExitHook.install(this);
    facts = PythonFacts.start(used, found, files.pythonPackage());
  }

  /** Ends STARTING, unless the JVM's end came in between. */
  private void settle(State next, @Nullable Throwable failed) {
    lock.lock();
    try {
      state = state == State.STARTING ? next : state;
      failure = failed;
      starter = null;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  // ---- running

  /** Checks that new work is taken. */
  public void checkRunning() {
    lock.lock();
    try {
      // Not a switch: its table is a class of its own, loaded at each start.
      if (state == State.STOPPING || state == State.STOPPED) {
        throw state("Python has been shut down: the JVM is exiting");
      }
      if (state != State.RUNNING) {
        throw state("Python is not started");
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Tells whether the end of the JVM has come.
   *
   * @return whether no more work is taken
   */
  public boolean isStopping() {
    lock.lock();
    try {
      return state == State.STOPPING || state == State.STOPPED;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Gives what the running Python told of itself.
   *
   * @return the facts
   */
  public PythonFacts facts() {
    return started(facts);
  }

  private static <T> T started(@Nullable T part) {
    if (part == null) {
      throw state("Python is not started");
    }
    return part;
  }

  // ---- the end, called by the exit hook

  /** Stops taking work; the configuration where there is anything to stop, null otherwise. */
  @Nullable PythonConfig beginStop() {
    lock.lock();
    try {
      boolean ran = state == State.RUNNING;
      if (ran || state == State.STARTING) {
        state = State.STOPPING;
        changed.signalAll();
      }
      return ran ? config : null;
    } finally {
      lock.unlock();
    }
  }

  void endStop() {
    lock.lock();
    try {
      state = State.STOPPED;
    } finally {
      lock.unlock();
    }
  }
}
