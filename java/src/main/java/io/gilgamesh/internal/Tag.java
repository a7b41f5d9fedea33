package io.gilgamesh.internal;

/** The first byte of a value on the wire. */
final class Tag {

  static final byte NULL = 0;
  static final byte FALSE = 1;
  static final byte TRUE = 2;
  static final byte LONG = 3;
  static final byte BIGINT = 4;
  static final byte DOUBLE = 5;
  static final byte ASCII = 6;
  static final byte UTF8 = 7;
  static final byte UTF16 = 8;
  static final byte BYTES = 9;
  static final byte LIST = 10;
  static final byte TUPLE = 11;
  static final byte SET = 12;
  static final byte FROZENSET = 13;
  static final byte DICT = 14;
  static final byte ARRAY = 15;
  static final byte LONG_LIST = 16;
  static final byte DOUBLE_LIST = 17;
  static final byte HANDLE = 18;
  static final byte FOREIGN_HANDLE = 19;
  static final byte DATE = 20;
  static final byte TIME = 21;
  static final byte DATE_TIME = 22;
  static final byte DURATION = 23;
  static final byte DECIMAL = 24;
  static final byte UUID = 25;
  static final byte PATH = 26;
  static final byte SLICE = 27;
  static final byte RECORD = 28;
  static final byte RECORD_AND_MORE = 29;
  static final byte ABSENT = 30;
  static final byte VARIANT = 31;
  static final byte NO_VARIANT = 32;
  static final byte HOST_OBJECT = 33;
  static final byte HELD_HOST_OBJECT = 34;
  static final byte HOST_CLASS = 35;
  static final byte IMPLEMENTATION = 36;

  private Tag() {}
}
