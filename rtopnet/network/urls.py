"""Signing in and out, and one's password; accounts are opened by invitation, not here."""

from allauth.account import views
from django.urls import path, re_path

from rtopnet.network.views import tokens

urlpatterns = [
    path("tokens/", tokens.tokens, name="network_tokens"),
    path("tokens/<uuid:token>/revoke/", tokens.revoke, name="network_token_revoke"),
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("signup/", views.signup, name="account_signup"),
    path("inactive/", views.account_inactive, name="account_inactive"),
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
]
