package io.gilgamesh.internal;

import io.gilgamesh.PythonConfig;
import io.gilgamesh.internal.find.PythonFinder;

/** A main class that loads all libraries and never starts Python. */
public final class LoadOnly {

  private LoadOnly() {}

  public static void main(String[] args) {
    NativeLibrary.load(NativeFiles.locate(), PythonFinder.find(PythonConfig.defaults()).library());
    System.out.println("loaded");
  }
}
