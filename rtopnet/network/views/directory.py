"""Who is who: the directory, one post, and its visiting card."""

from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from rtopnet.network.public import (
    Directory,
    account_of,
    card_of,
    directory_of,
    handovers_in_sight,
    post_in_sight,
    vcard,
)
from rtopnet.network.views.offering import offer


class Narrowing(forms.Form):
    """What the directory is narrowed to."""

    words = forms.CharField(label=_("Name or post"), required=False, max_length=80)
    state = forms.ChoiceField(label=_("State"), required=False)
    spoken = forms.ChoiceField(label=_("Language spoken"), required=False)

    def offer(self, whole: Directory) -> None:
        """Offer the states and languages that there are."""
        offer(self, "state", [("", say("All")), *whole.all_states])
        spoken = [(each.code, each.name) for each in whole.all_languages]
        offer(self, "spoken", [("", say("All")), *spoken])


@require_safe
@login_required
def directory(request: HttpRequest) -> HttpResponse:
    """Who is who in this region, and how is each reached?"""
    account, language = account_of(request), get_language() or "en"
    asked = {name: request.GET.get(name, "").strip()[:80] for name in ("words", "state", "spoken")}
    found = directory_of(account, language, words=asked["words"], iso3=asked["state"], spoken=asked["spoken"])
    form = Narrowing(initial=asked)
    form.offer(found)
    context = {"directory": found, "form": form, "is_narrowed": any(asked.values())}
    return render(request, "network/directory.html", context)


@require_safe
@login_required
def post(request: HttpRequest, post: UUID) -> HttpResponse:
    """Who holds this post, how is it reached, and what can I do with it?"""
    account, language = account_of(request), get_language() or "en"
    found = post_in_sight(account, post, language)
    if found is None:
        raise Http404
    handovers = handovers_in_sight(post, account.pk)
    context = {
        "post": found,
        "pending": next((each for each in handovers if each.is_to_come), None),
        "last": next((each for each in handovers if not each.is_to_come), None),
    }
    return render(request, "network/post.html", context)


@require_safe
@login_required
def card(request: HttpRequest, post: UUID) -> HttpResponse:
    """The post as a vCard for one's address book."""
    found = post_in_sight(account_of(request), post, get_language() or "en")
    if found is None:
        raise Http404
    name = slugify(f"{found.iso3} {found.kind}") or "post"
    return HttpResponse(
        vcard(card_of(found)),
        content_type="text/vcard; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.vcf"'},
    )
