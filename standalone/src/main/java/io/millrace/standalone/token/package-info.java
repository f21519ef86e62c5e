/** {@code millrace token}: makes tokens that the API knows. The server reads the file by itself; nothing here talks to it. */
@NullMarked
package io.millrace.standalone.token;

import org.jspecify.annotations.NullMarked;
