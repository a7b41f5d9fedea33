package io.gilgamesh.testing;

import io.gilgamesh.Python;
import io.gilgamesh.PythonContext;
import io.gilgamesh.PythonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** A test with a Python and a fresh context. */
@Timeout(120)
public abstract class InContext {

  protected Python python;
  protected PythonContext context;

  @BeforeEach
  void open() {
    python = Python.start();
    context = python.contexts().open(getClass().getSimpleName());
  }

  @AfterEach
  void close() {
    python.close();
  }

  /** Runs statements and gives a variable that they set. */
  protected PythonObject made(String code, String name) {
    context.exec(code);
    return context.get(name);
  }

  /** How often a piece of work crosses to Python. */
  protected long crossings(Runnable work) {
    return Crossings.of(python, work);
  }
}
