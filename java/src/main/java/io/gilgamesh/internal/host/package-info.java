/**
 * Java for scripts, in Java alone: what classes look like, which overload a call means, and what is
 * allowed. Nothing here knows Python or calls a native method.
 *
 * <p>In the order of dependence: {@code HostCallException}; {@code AccessRules} with {@code
 * OpenTypes}, the lists of {@link io.gilgamesh.HostAccess}; {@code Match}, {@code ValueKind} and
 * {@code Parameter}, the table of which value fits which type; {@code Overload}, {@code
 * Specificity} and {@code Resolution}, which choose; {@code Plan} and {@code OverloadSet}, which
 * remember the choice; {@link io.gilgamesh.internal.host.MemberGroup}; {@code Members} and {@code
 * Beans}, which find what a class has; {@link io.gilgamesh.internal.host.HostClass} with {@code
 * Description}.
 */
@NullMarked
package io.gilgamesh.internal.host;

import org.jspecify.annotations.NullMarked;
