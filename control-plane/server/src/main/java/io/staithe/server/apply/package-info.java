/**
 * What goes beyond the AWS APIs: applying, planning and deleting what files declare, reading what only Elastic Load
 * Balancing's API has, and explaining why things are as they are. {@link io.staithe.server.apply.StaitheApi} is the way in;
 * free of HTTP and of frameworks.
 */
@NullMarked
package io.staithe.server.apply;

import org.jspecify.annotations.NullMarked;
