/**
 * What scripts see of Java: classes as descriptions, members as groups that can be called, and who
 * may see what.
 *
 * <p>{@link io.gilgamesh.internal.host.Protocols} says which of Python's protocols Java's types
 * take part in; the {@code Protocol} classes beside it do what the protocols ask for.
 */
@NullMarked
package io.gilgamesh.internal.host;

import org.jspecify.annotations.NullMarked;
