"""Addresses of records' files."""

from django.urls import path

from rtopnet.sharing.views import files

urlpatterns = [
    path("<uuid:record>/files/", files.upload, name="records_upload"),
    path("files/<uuid:attachment>/", files.file, name="records_file"),
    path("files/<uuid:attachment>/preview.png", files.preview, name="records_file_preview"),
    path("files/<uuid:attachment>/attachment.tsr", files.stamp, name="records_file_stamp"),
    path("files/<uuid:attachment>/clean-copy/", files.clean, name="records_file_clean"),
    path("files/<uuid:attachment>/remove/", files.remove, name="records_file_remove"),
]
