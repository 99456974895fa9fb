int plumb_content_module = 0;
