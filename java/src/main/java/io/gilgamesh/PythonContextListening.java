package io.gilgamesh;

/** A listener that is told of contexts, until this is closed. */
public interface PythonContextListening extends AutoCloseable {

  /** Tells the listener no more; closing again does nothing. */
  @Override
  void close();
}
