/**
 * The client side of the API: where it is and with which key (profile files, environment), signed requests over
 * {@code HttpURLConnection}, and errors as the API means them. JSON stays {@code JsonNode}: the command shows what it is given, so
 * that a field that it does not know reaches {@code -o json} all the same.
 */
@NullMarked
package io.staithe.cli.api;

import org.jspecify.annotations.NullMarked;
