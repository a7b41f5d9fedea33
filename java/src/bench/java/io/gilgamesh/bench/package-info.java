/**
 * The benchmarks: each measures an operation of the API and its floor, the same work in a native
 * loop, alternately and in one process.
 */
@NullMarked
package io.gilgamesh.bench;

import org.jspecify.annotations.NullMarked;
