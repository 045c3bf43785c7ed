package org.oathbound.it;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** The application of {@link StartTime} that stands for the server without us. */
@ApplicationPath("two")
public class TwoClasses extends Application {}
