/**
 * The inside of Gilgamesh: natives, codec, handles. Not part of the API, may change in any release.
 */
@NullMarked
package io.gilgamesh.internal;

import org.jspecify.annotations.NullMarked;
