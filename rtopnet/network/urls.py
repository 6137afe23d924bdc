"""Signing in and out, what opens one's account, and invitations; nobody opens an account by themselves."""

from allauth.account import views
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import path, re_path

from rtopnet.network.views import account, factors, invitations, openid, tokens, webhooks

urlpatterns = [
    path("tokens/", tokens.tokens, name="network_tokens"),
    path("tokens/<uuid:token>/revoke/", tokens.revoke, name="network_token_revoke"),
    path("webhooks/", webhooks.webhooks, name="network_webhooks"),
    path("webhooks/<uuid:webhook>/test/", webhooks.test, name="network_webhook_test"),
    path("webhooks/<uuid:webhook>/enable/", webhooks.enable, name="network_webhook_enable"),
    path("webhooks/<uuid:webhook>/remove/", webhooks.remove, name="network_webhook_remove"),
    path("webhooks/deliveries/<uuid:delivery>/again/", webhooks.again, name="network_webhook_again"),
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("signup/", views.signup, name="account_signup"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("confirm/", views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("password/reset/", views.password_reset, name="account_reset_password"),
    path("password/reset/done/", views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("second-factor/", factors.choose, name="account_second_factor"),
    path("second-factor/overview/", factors.to_my_account, name="mfa_index"),
    path("second-factor/prove/", second_factor.authenticate, name="mfa_authenticate"),
    path("second-factor/confirm/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("second-factor/app/", totp.activate_totp, name="mfa_activate_totp"),
    path("second-factor/app/there/", factors.to_my_account, name="mfa_deactivate_totp"),
    path("second-factor/passkey/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path("second-factor/passkey/sign-in/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path(
        "second-factor/passkey/confirm/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"
    ),
    path("second-factor/codes/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "second-factor/codes/new/", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"
    ),
    path("second-factor/<str:handle>/remove/", factors.remove, name="network_my_account_factor"),
    path("openid/<slug:provider_id>/", openid.login, name="openid_connect_login"),
    path("openid/<slug:provider_id>/back/", openid.callback, name="openid_connect_callback"),
    path("openid/", openid.cancelled, name="socialaccount_login_cancelled"),
    path("mine/", account.my_account, name="network_my_account"),
    path("mine/language/", account.language, name="network_my_account_language"),
    path("mine/sessions/<uuid:sign_in_id>/end/", account.end, name="network_my_account_session"),
    path("invitations/", invitations.invitations, name="network_invitations"),
    path(
        "invitations/<uuid:invitation_id>/withdraw/",
        invitations.withdraw,
        name="network_invitations_withdraw",
    ),
    path("people/<uuid:account_id>/close/", invitations.close, name="network_invitations_close"),
    path("invitation/", invitations.enter_code, name="account_invitation"),
    path("invitation/<str:code>/", invitations.accept, name="account_invitation_code"),
]
