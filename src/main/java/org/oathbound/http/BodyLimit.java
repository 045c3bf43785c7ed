package org.oathbound.http;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** How many bytes a resource method takes as its body, when {@link #USUAL} is not right for it. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface BodyLimit {

    /** The limit of methods without this annotation. */
    int USUAL = 64 * 1024;

    int value();
}
