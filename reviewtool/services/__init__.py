"""What the desk does: small classes over model, storage and protocols; they neither print nor start threads."""
