package org.oathbound.oauth.control;

import com.nimbusds.jwt.SignedJWT;
import java.util.Optional;
import org.oathbound.application.control.RequestPrincipal;

/** An issuer whose access tokens are valid here: ourselves, or one that the configuration trusts. */
interface TokenIssuer {

    /** The token, if it is one of this issuer's, and holds now. */
    Optional<CheckedToken> check(SignedJWT token);

    /** The caller that such a token stands for, with the caller's present roles. */
    Optional<RequestPrincipal> caller(CheckedToken token);
}
