/**
 * Who may ask the API for what. Start reading at {@link io.millrace.api.access.AccessGate}, which every request passes; {@code RequestGuard}
 * keeps other web sites out, an {@code Authenticator} says who asks, {@code RequestRate} how often they may, and {@link
 * io.millrace.api.access.SecurityHeaders} what a browser is told.
 *
 * <p>Knows of the API nothing but its {@link io.millrace.api.Role}s: neither routes nor workflows. Secrets are never part of a log line, of an
 * error or of a {@code toString}.
 */
@NullMarked
package io.millrace.api.access;

import org.jspecify.annotations.NullMarked;
